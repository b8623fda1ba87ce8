"""What allauth asks beside an e-mail address and a password, and how it names people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.lib.text import clean_name
from kith.people.api import Person


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


def display_name(user: Person) -> str:
    return user.name
