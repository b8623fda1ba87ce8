"""Where a price goes: the picture on a launch that the founder may let everybody see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.launch import api as launch
from kith.launch.api import LaunchPage
from kith.lib.svg_split import split_bar
from kith.share import api as share
from kith.share.api import WhereItGoes
from kith.web.pages.guard import Here, allow

COLORS = {
    "house": "var(--line-2)", "fund": "var(--w0)", "channel": "var(--w3)", "second": "var(--w4)", "maker": "var(--brand)", "pool": "var(--w2)",
    "tax": "var(--ink-3)",
}  # fmt: skip


def where_of(here: Here, found: LaunchPage) -> dict[int, WhereItGoes]:
    """Return where the prices of a launch go, by offer, for those that are shown."""
    prices = {i.offer.id: (i.price_minor, launch.tax_within(i.price_minor, i.offer.tax_ppm)) for i in found.items}
    return share.where_it_goes(here.community, prices, now=found.now)


def where_bar(where: WhereItGoes, title: str) -> Markup:
    """Draw it."""
    said = _("Where the price of %(title)s goes") % {"title": title}
    return split_bar([s.amount_minor for s in where.slices], title=said, colors=[COLORS[s.role] for s in where.slices])


@allow("founder", "POST")
def show_where(request: HttpRequest, here: Here) -> HttpResponse:
    """Let everybody see where the price of an offer goes, or no longer."""
    assert here.person
    raw = request.POST.get("offer", "")
    known = {str(o.id): o.id for o in launch.offers(here.community)}
    if raw not in known:
        raise launch.NoSuchOffer(sku=raw[:20])
    is_shown = request.POST.get("shown") == "1"
    share.show_where(
        community=here.community, offer_id=known[raw], is_shown=is_shown, by=here.person, now=timezone.now()
    )
    return redirect("sharing", slug=here.slug)


urlpatterns = [path("c/<slug:slug>/money/rules/shown", show_where, name="show_where")]
