"""Asking for an export, making it, and clearing it away."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from kith.own.actions.packing import pack_community, pack_person
from kith.own.data import KEPT_DAYS, BundleValue
from kith.own.models import Bundle
from kith.own.queries import as_bundle, room
from kith.people.api import Community, Person, may_run, note_deed, standing


@transaction.atomic
def ask_for_bundle(*, by: Person, now: datetime, community: Community | None = None) -> tuple[BundleValue, bool]:
    """Ask for what is kept of oneself, or of a community; asked again while one waits, it is that one. Returns it, and whether it is new.

    Who may have a community's is for the caller to check; that it was asked for stands in the record.
    """
    row, is_new = Bundle.objects.get_or_create(
        community=community,
        person=by,
        state="waiting",
        defaults={"file": f"{secrets.token_hex(20)}.zip", "asked_at": now},
    )
    if is_new:
        app.configure_task("own.make_bundle").defer(bundle_id=row.pk)
    if community is not None and is_new:
        note_deed(community=community, kind="own.exported", by=by, now=now, subject=f"bundle:{row.pk}")
    return as_bundle(row), is_new


def make_bundle(*, bundle_id: int, now: datetime) -> bool:
    """Make an export that was asked for; False where there is nothing to make any more. What fails says so, and the fault goes on."""
    row = Bundle.objects.select_related("community", "person").filter(pk=bundle_id, state="waiting").first()
    if row is None:
        return False
    path = room() / row.file
    try:
        size = _packed(row, now)
    except BaseException:
        path.unlink(missing_ok=True)
        Bundle.objects.filter(pk=row.pk).update(state="failed", until_at=now + timedelta(days=KEPT_DAYS))
        raise
    kept = Bundle.objects.filter(pk=row.pk, state="waiting")
    if not kept.update(state="ready", size=size, made_at=now, until_at=now + timedelta(days=KEPT_DAYS)):
        path.unlink(missing_ok=True)  # who asked has left meanwhile
    return True


def _packed(row: Bundle, now: datetime) -> int:
    path = room() / row.file
    path.touch(mode=0o600)
    if row.community is None:
        return pack_person(person=row.person, path=path, now=now)
    if not may_run(standing(row.community, row.person)):
        raise PermissionError("who asked for this export does not run the community any more")
    return pack_community(community=row.community, path=path, now=now)


def sweep_bundles(*, now: datetime) -> int:
    """Clear away exports whose time is over, and files nobody asked for any more; returns how many files went."""
    Bundle.objects.filter(until_at__lte=now).delete()
    Bundle.objects.filter(state="waiting", asked_at__lte=now - timedelta(days=KEPT_DAYS)).delete()
    kept = set(Bundle.objects.values_list("file", flat=True))
    old = [f for f in room().glob("*.zip") if f.name not in kept]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
