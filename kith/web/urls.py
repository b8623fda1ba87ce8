"""Pages: one module each, with its addresses beside its views."""

from importlib import import_module
from importlib.util import find_spec

MODULES = (
    "shell", "founding", "personas", "account", "joining", "door", "settings", "feed", "posts", "writing", "people", "network", "importing",
)  # fmt: skip
urlpatterns = [
    address
    for m in MODULES
    if find_spec(f"kith.web.pages.{m}")
    for address in import_module(f"kith.web.pages.{m}").urlpatterns
]
