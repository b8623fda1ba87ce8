"""Pages: one module each, with its addresses beside its views."""

from kith.web.pages import (
    account,
    door,
    feed,
    founding,
    importing,
    joining,
    meetings,
    mine,
    network,
    people,
    personas,
    posts,
    pulse,
    report,
    settings,
    shell,
    writing,
)

MODULES = (
    shell,
    founding,
    personas,
    account,
    joining,
    door,
    settings,
    feed,
    posts,
    writing,
    people,
    network,
    pulse,
    report,
    meetings,
    mine,
    importing,
)
urlpatterns = [address for module in MODULES for address in module.urlpatterns]
