"""Agreeing that a membership renews by itself, and stopping it: apart from buying, and at any moment."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from kith.launch import rules
from kith.launch.actions.states import shift
from kith.launch.data import ConsentMissing, MandateValue, NoMandates, NoSuchMandate, NothingToRenew, RenewsAlready
from kith.launch.models import Mandate, Renewal, SandboxMandate
from kith.launch.providers.mandates import MANDATED
from kith.launch.queries import as_mandate, renewal_offer, renewing_offer
from kith.launch.rules.law import RENEWAL_LAWS
from kith.people.api import Community, Person

SALT = "kith.renewal"


def agree(*, community: Community, family: str, provider: str, digest: str, by: Person, now: datetime) -> MandateValue:
    """Agree that a membership renews by itself; `digest` names the text that was read.

    Raises:
        NothingToRenew: it does not run, or is not on sale.
        NoMandates: the provider cannot.
        ConsentMissing: the text was another.
        RenewsAlready: it does.

    """
    offer = renewal_offer(community, by, family, now=now)
    selling = renewing_offer(community, by, family, now=now)
    if offer is None or selling is None:
        raise NothingToRenew
    if provider not in offer.providers:
        raise NoMandates
    if digest != offer.digest:
        raise ConsentMissing
    law = rules.law_at(RENEWAL_LAWS, now)
    try:
        with transaction.atomic():
            made = Mandate.objects.create(
                community=community, person=by, family=family, offer_id=selling.offer.id, provider=provider, token=MANDATED[provider].sign(now),
                price_minor=offer.price_minor, currency=offer.currency, law=law.version, text=offer.text, text_digest=offer.digest, agreed_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise RenewsAlready from None
    return as_mandate(made)


def stop_renewal(*, community: Community, mandate_id: int, by: Person, now: datetime) -> MandateValue:
    """Stop a membership from renewing by itself. A charge that was told of and not made is not made any more.

    Raises:
        NoSuchMandate: it is not one of theirs.

    """
    return _stopped(Mandate.objects.filter(community=community, pk=mandate_id, person=by).first(), now)


def stop_address(mandate: Mandate) -> str:
    """Return the address that stops a mandate without signing in, for mails."""
    return settings.ADDRESS + reverse("stop_renewal", kwargs={"token": signing.dumps(mandate.pk, salt=SALT)})


def renewal_by_link(token: str) -> tuple[Community, MandateValue]:
    """Return what the link in a mail is about.

    Raises:
        NoSuchMandate: it is not one of ours.

    """
    row = _linked(token)
    return row.community, as_mandate(row)


def _linked(token: str) -> Mandate:
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NoSuchMandate from None
    found = Mandate.objects.select_related("community", "offer").filter(pk=pk).first()
    if found is None:
        raise NoSuchMandate
    return found


def stop_renewal_by_link(*, token: str, now: datetime) -> tuple[Community, MandateValue]:
    """Stop by the link in a mail, as `stop`."""
    row = _linked(token)
    return row.community, _stopped(row, now)


@transaction.atomic
def _stopped(found: Mandate | None, now: datetime) -> MandateValue:
    if found is None:
        raise NoSuchMandate
    end_mandate(found, "stopped", "member", now)
    return as_mandate(Mandate.objects.select_related("offer").get(pk=found.pk))


def end_mandate(found: Mandate, to: str, why: str, now: datetime) -> bool:
    """End a mandate, with the charges that were only told of; returns whether it was active."""
    done = shift(Mandate.objects.filter(pk=found.pk), rules.MANDATE, to, why=why, ended_at=now)
    if done:
        Renewal.objects.filter(mandate=found, status="noticed").update(status="skipped")
        MANDATED[found.provider].end(found.token)
    return done


def decline_in_sandbox(*, community: Community, mandate_id: int, declines: bool, by: Person) -> MandateValue:
    """Have the sandbox decline the next charges of one's mandate, or take them again: for trying out.

    Raises:
        NoSuchMandate: it is not one of theirs, or not the sandbox's.

    """
    found = Mandate.objects.select_related("offer").filter(community=community, pk=mandate_id, person=by, provider="sandbox").first()  # fmt: skip
    if found is None:
        raise NoSuchMandate
    SandboxMandate.objects.filter(token=found.token).update(declines=declines)
    return as_mandate(found)
