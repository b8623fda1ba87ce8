"""Deciding who gets what: versions that are never changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kith.lib.text import clean_line
from kith.people.api import Community, Person, note_deed, standing, standings
from kith.share import rules
from kith.share.data import Cut, FoundersOnly, NoSuchPayee, OtherText, RuleValue, SignValue
from kith.share.models import Pool, Rule, Sign
from kith.share.queries import rules_of, sign_of


def check_founds(community: Community, by: Person) -> None:
    """Let pass the founder.

    Raises:
        FoundersOnly: they are not.

    """
    found = standing(community, by)
    if found is None or found.role != "founder":
        raise FoundersOnly


@transaction.atomic
def write_rule(
    *, community: Community, cuts: Sequence[Cut], by: Person, now: datetime, withheld_ppm: int = 0
) -> RuleValue:
    """Decide who gets what of what is paid from now on. Sales paid before keep the version of their moment.

    `withheld_ppm` is what payouts made from now on keep back for the tax office.

    Raises:
        FoundersOnly: `by` is not the founder.
        NotAShare, BadCuts, ChannelCapped, MoreThanAll: by `rules.checked_cuts`.
        BadWithholding: more is withheld than may be, or less than nothing.
        SecondTierUnsigned: nobody signed the present text for a second tier.
        NoSuchPayee: a maker is no member, or a pool is none of this community.

    """
    check_founds(community, by)
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)  # versions are counted one after another
    signed = Sign.objects.filter(community=community, text_version=rules.ACK_VERSION).first()
    kept = rules.checked_cuts(cuts, may_have_second=signed is not None)
    _check_payees(community, kept)
    last = Rule.objects.filter(community=community).aggregate(last=Max("version"))["last"] or 0
    has_second = any(cut.role == "second" for cut in kept)
    Rule.objects.create(
        community=community, version=last + 1, cuts=[asdict(cut) for cut in kept], signed=signed if has_second else None, by=by, at=now,
        withheld_ppm=rules.checked_withheld(withheld_ppm),
    )  # fmt: skip
    note_deed(community=community, kind="share.rule_written", by=by, now=now, subject=f"rule:{last + 1}")
    return rules_of(community)[0]


def _check_payees(community: Community, cuts: Sequence[Cut]) -> None:
    makers = {cut.person_id for cut in cuts if cut.person_id is not None}
    pools = {cut.pool_id for cut in cuts if cut.pool_id is not None}
    known = set(Pool.objects.filter(community=community, pk__in=pools).values_list("pk", flat=True))
    if standings(community, makers).keys() != makers or known != pools:
        raise NoSuchPayee


@transaction.atomic
def sign_second_tier(*, community: Community, text_version: int, name: str, by: Person, now: datetime) -> SignValue:
    """Sign that one has read what the law says about a second tier; without it no rule may have one.

    Raises:
        FoundersOnly: `by` is not the founder.
        OtherText: that is not the present text, or there is no name under it.

    """
    check_founds(community, by)
    name = clean_line(name)[:60]
    if text_version != rules.ACK_VERSION or not name:
        raise OtherText
    _row, is_new = Sign.objects.get_or_create(
        community=community, text_version=text_version, defaults={"name": name, "by": by, "at": now}
    )
    if is_new:
        note_deed(community=community, kind="share.second_tier_signed", by=by, now=now, subject=f"text:{text_version}")
    found = sign_of(community, text_version)
    assert found is not None
    return found
