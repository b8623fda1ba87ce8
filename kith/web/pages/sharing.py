"""Who gets what: the rule, its versions, and the text that is signed before a second tier."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.lib.money import parse
from kith.people import api as people
from kith.share import api as share
from kith.share.api import Cut, NoSuchPayee
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole
from kith.web.refusals import words
from kith.web.share_words import percent

PLAIN = ("channel", "second", "fund")
MAKERS = 6


@allow("staff")
def sharing(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who gets what of a sale, and every version there was; the founder may write the next."""
    return _page(request, here)


def _page(request: HttpRequest, here: Here, refused: str = "", status: int = 200) -> HttpResponse:
    rules = share.rules_of(here.community)
    pools = share.pools_of(here.community)
    people_in = {c.person_id for r in rules for c in r.cuts if c.person_id}
    facts: dict[str, Any] = {
        "shown": share.shown_offers(here.community), "rules": rules, "pools": pools, "offers": launch.offers(here.community), "cap": share.CAP_PPM, "text_version": share.ACK_VERSION,
        "sign": share.sign_of(here.community, share.ACK_VERSION), "refused": refused, "founds": here.standing is not None and here.standing.role == "founder",
        "names": people.standings(here.community, people_in), "typed": _typed(request.POST) if refused else _kept(here, rules),
    }  # fmt: skip
    return render(request, "share/rules.html", here, nav="money", status=status, **facts)


def _typed(sent: QueryDict) -> dict[str, Any]:
    rows = zip(sent.getlist("who"), sent.getlist("rate"), sent.getlist("offer"), strict=False)
    return {
        **{role: sent.get(role, "")[:10] for role in (*PLAIN, "withheld")},
        "makers": _padded([(who[:48], rate[:10], offer[:40]) for who, rate, offer in rows]),
        "pools": {name.removeprefix("pool-"): sent.get(name, "")[:10] for name in sent if name.startswith("pool-")},
    }


def _padded(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return rows[:MAKERS] + [("", "", "")] * max(1, min(2, MAKERS - len(rows)))


def _kept(here: Here, rules: list[share.RuleValue]) -> dict[str, Any]:
    cuts = rules[0].cuts if rules else ()
    names = people.standings(here.community, {c.person_id for c in cuts if c.person_id})
    skus = {o.id: o.sku for o in launch.offers(here.community)}
    makers = [
        (names[c.person_id].handle if c.person_id in names else "", _percent(c.rate_ppm), skus.get(c.offer_id or 0, ""))
        for c in cuts
        if c.role == "maker" and c.person_id
    ]
    return {
        "withheld": _percent(rules[0].withheld_ppm) if rules else "",
        **{role: next((_percent(c.rate_ppm) for c in cuts if c.role == role), "") for role in PLAIN},
        "makers": _padded(makers),
        "pools": {str(c.pool_id): _percent(c.rate_ppm) for c in cuts if c.role == "pool"},
    }


def _percent(rate_ppm: int) -> str:
    return percent(rate_ppm).removesuffix("%")


@allow("founder", "POST")
def write_sharing(request: HttpRequest, here: Here) -> HttpResponse:
    """Write the next version (`go` rule), or sign the text for a second tier (`go` sign)."""
    assert here.person
    sent, now = request.POST, timezone.now()
    try:
        if sent.get("go") == "sign":
            version = sent.get("text_version", "")
            share.sign_second_tier(
                community=here.community, text_version=whole(version, 0, digits=8),
                name=sent.get("name", ""), by=here.person, now=now,
            )  # fmt: skip
        else:
            withheld = _ppm(sent.get("withheld", "")[:10] or "0")
            share.write_rule(
                community=here.community, cuts=_cuts(here, sent), by=here.person, now=now, withheld_ppm=withheld
            )
    except Refusal as refusal:
        return _page(request, here, words(refusal), refusal.status)
    return redirect("sharing", slug=here.slug)


def _cuts(here: Here, sent: QueryDict) -> list[Cut]:
    typed = _typed(sent)
    cuts = [Cut(role, _ppm(typed[role])) for role in PLAIN if typed[role].strip() not in {"", "0"}]
    cuts += [
        Cut("pool", _ppm(raw), pool_id=int(pk))
        for pk, raw in typed["pools"].items()
        if raw.strip() not in {"", "0"} and pk.isascii() and pk.isdecimal()
    ]
    handles = [who.strip().removeprefix("@") for who, _, _ in typed["makers"]]
    known = people.by_handles(here.community, handles)
    offers = {o.sku: o.id for o in launch.offers(here.community)}
    for handle, (_, rate, sku) in zip(handles, typed["makers"], strict=True):
        if handle or rate.strip():
            if handle.casefold() not in known or (sku and sku not in offers):
                raise NoSuchPayee
            person_id = known[handle.casefold()].person_id
            cuts.append(Cut("maker", _ppm(rate), person_id=person_id, offer_id=offers.get(sku)))
    return cuts


def _ppm(raw: str) -> int:
    return parse(raw.strip().removesuffix("%"), asset="%", scale=4)


urlpatterns = [
    path("c/<slug:slug>/money/rules", sharing, name="sharing"),
    path("c/<slug:slug>/money/rules/write", write_sharing, name="write_sharing"),
]
