"""The weekly letter as a page; and its end, by the link in each of them, without signing in."""

from csp.constants import HEADER
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kith.web import letters
from kith.web.pages.guard import Here, allow, render

# A mail carries its styles in itself and loads nothing.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


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


@allow("staff")
def letter(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the letter as the reader would get it now, whether or not mail goes out here."""
    assert here.person
    found = letters.written(community=here.community, reader=here.person, now=timezone.now())
    answer = HttpResponse(found.html)
    answer.headers[HEADER] = LETTER_POLICY
    return answer


urlpatterns = [
    path("letters/<str:token>", stop, name="letters"),
    path("c/<slug:slug>/pulse/letter", letter, name="letter"),
]
