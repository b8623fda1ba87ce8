"""What allauth asks beside an e-mail address and a password, how it names people, and what a passkey is here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kith.lib.text import clean_name
from kith.people.api import Person
from kith.web.jinja import day


class NameForm(forms.Form):
    """The name people will see."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("A name needs at least one visible character."))
        return name

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Fulfil allauth's contract; the adapter has saved the name."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps the name and the language of a new person."""

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 -- allauth's signature
        user.name = form.cleaned_data["name"]
        user.language = get_language() or ""
        saved: Person = super().save_user(request, user, form, commit)
        return saved

    def get_login_stages(self) -> list[str]:
        """Leave out the second step: a passkey is another way in, not another lock that a lost phone shuts for ever."""
        return [s for s in super().get_login_stages() if s != "allauth.mfa.stages.AuthenticateStage"]


class Passkeys(DefaultMFAAdapter):  # type: ignore[misc]  # the same
    """Names passkeys in the language of their owner; none of them is a second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "unverified_email": _("Confirm your e-mail address first; then add a passkey."),
        "incorrect_code": _("This passkey does not open this account. Try another, or sign in another way."),
    }

    def is_mfa_enabled(self, user: Person, types: Any = None) -> bool:
        """Tell that a passkey can confirm who somebody is, yet locks nothing (no types asked for)."""
        return types is not None and bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 -- allauth's signature
        return gettext("Passkey of %(day)s") % {"day": day(timezone.now())}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        named: dict[str, str] = super().get_public_key_credential_rp_entity() | {"name": "Kith 同道"}
        return named


def display_name(user: Person) -> str:
    return user.name
