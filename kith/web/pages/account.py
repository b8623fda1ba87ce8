"""One's own account: how one is called, in which language one reads, the ways in, the communities."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from kith.people import api as people
from kith.web.pages.founding_draft import refused
from kith.web.pages.guard import allow, render
from kith.web.pages.shell import YEAR_SECONDS
from kith.web.signed_in import reader


@allow("account", "GET", "POST")
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; a POST changes name and language."""
    person = reader(request)
    assert person
    if request.method == "POST":
        return _amend(request)
    return _page(request, person.name)


def _amend(request: HttpRequest) -> HttpResponse:
    person = reader(request)
    assert person
    name, language = request.POST.get("name", "")[:200], request.POST.get("language", "")
    if fault := refused(people.checked_name, name):
        return _page(request, name, fault, status=422)
    language = language if language in dict(settings.LANGUAGES) else person.language
    people.amend_person(person=person, name=name, language=language)
    answer = redirect(f"{reverse('account')}?saved")
    if language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
    return answer


def _page(request: HttpRequest, name: str, fault: str = "", status: int = 200) -> HttpResponse:
    person = reader(request)
    assert person
    return render(
        request, "account.html", person=person, name=name, fault=fault, languages=settings.LANGUAGES, status=status,
        mine=people.communities_of(person), saved="saved" in request.GET,
    )  # fmt: skip


urlpatterns = [path("account", account, name="account")]
