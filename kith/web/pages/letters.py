"""The end of the weekly letters, by the link in each of them, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from kith.web import letters
from kith.web.pages.guard import allow, render


@csrf_exempt  # mail readers that stop letters by one click (RFC 8058) hold no token but the one in the address
@allow("anyone", "GET", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop the letters; a POST does it, with `back` it takes them up again.

    A GET changes nothing: scanners of mail follow every link.
    """
    takes = "back" in request.POST
    if request.method == "POST":
        community = letters.chosen(token=token, takes=takes)
        done = "back" if takes else "stopped"
    else:
        (community, _), done = letters.opened(token), ""
    return render(request, "letters.html", community=community, done=done)


urlpatterns = [path("letters/<str:token>", stop, name="letters")]
