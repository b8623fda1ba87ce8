"""Time the page of a chapter, and the list of people by chapter and tier, under a steady load. One JSON line each.

    python -m bench.chapters [--rate N] [--seconds N]

10,000 members in 32 chapters, half of them in a tier, with 100,000 acts; see bench/load.py for how it is measured. To be under
the speeds of the feed page: p99 within 50 ms.
"""

from datetime import UTC, datetime, timedelta

from bench.load import signed_in, steady_each

MEMBERS, CHAPTERS, ACTS = 10_000, 32, 100_000
CHAPTER, TIER = 4, 1  # ids in a database that was empty
PAGES = {"people": "people", "people_in": f"people?chapter={CHAPTER}&tier={TIER}", "chapter": f"chapters/{CHAPTER}"}


def seed() -> str:
    """Fill an empty database by the bulk doors; return the session cookie of the founder."""
    from django.db import transaction  # noqa: PLC0415 -- Django is set up only now

    from kith.energy import api as energy  # noqa: PLC0415
    from kith.gather import api as gather  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415
    from kith.run.migrations import migrate  # noqa: PLC0415

    migrate()
    now = datetime.now(UTC)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    home = people.found(name="Bench", slug="bench", pursuit="speed", by=founder, now=now)
    ids = people.bring_people(community=home, names=(f"member {n}" for n in range(MEMBERS)), now=now)
    made = [people.open_chapter(community=home, name=f"chapter {n}") for n in range(CHAPTERS)]
    people.place_in_chapters(community=home, chapters={p: made[n % CHAPTERS].pk for n, p in enumerate(ids)})
    acts = (
        energy.NewAct(ids[n * 7 % MEMBERS], "reply", now - timedelta(minutes=n % 40_000), f"b{n}", "bench", other_id=ids[(n * 11 + 3) % (MEMBERS // 2)])
        for n in range(ACTS)
    )  # fmt: skip
    with transaction.atomic(), energy.staging():
        energy.stage(acts)
        energy.append_staged(community=home)
    found = gather.write_ladder(community=home, tiers=[gather.TierDraft("one", {"givers": 3})], by=founder, now=now)
    gather.settle(community=home, now=now)
    assert CHAPTER in {c.pk for c in made}
    assert found.tiers[0].id == TIER
    return signed_in(founder)


if __name__ == "__main__":
    steady_each(
        {f"chapters.{name}": f"/c/bench/{path}" for name, path in PAGES.items()},
        seed,
        members=MEMBERS,
        chapters=CHAPTERS,
    )
