"""The report is made from the whole book, kept, read back as it was, and made for each community by a job of its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.actions import due, reporting
from kith.see.models import Measure, Report
from tests.see.conftest import NOW, Town


@pytest.fixture
def jobs() -> Iterator[InMemoryConnector]:
    kept = InMemoryConnector()
    with app.replace_connector(kept):
        yield kept


def test_what_is_found_is_kept_and_read_back_the_same(town: Town) -> None:
    made = see.make_report(community=town.community, now=NOW)
    assert see.report(town.community, now=NOW) == made
    assert made.at == made.made_at == NOW
    assert not made.is_silent
    numbers = made.findings.numbers
    assert (numbers.people, numbers.active, numbers.silent, numbers.acts, numbers.pairs) == (11, 10, 1, 88, 12)
    assert numbers.energy == pytest.approx(see.look(community=town.community, now=NOW).energy)
    assert numbers.temperature == pytest.approx(see.look(community=town.community, now=NOW).temperature)
    assert made.findings.before.acts == 0
    assert made.findings.before.reciprocity is None


def test_the_first_report_of_a_small_community_is_made_when_asked_for(town: Town) -> None:
    assert not Report.objects.filter(community=town.community).exists()
    assert see.report(town.community, now=NOW).findings.numbers.people == 11


def test_the_first_report_of_a_large_community_is_left_to_the_task(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "SMALL", 10)
    with pytest.raises(see.NotReported):
        see.report(town.community, now=NOW)
    assert not Report.objects.filter(community=town.community).exists()
    assert town.community.pk in due(nightly=False)


def test_a_cheap_report_follows_the_book(town: Town) -> None:
    see.make_report(community=town.community, now=NOW)
    town.act("Wei", "Gu", days_ago=0)
    assert see.report(town.community, now=NOW).findings.numbers.acts == 88
    assert see.report(town.community, now=NOW + timedelta(minutes=11)).findings.numbers.acts == 89


def test_a_silent_community_is_told_as_of_its_last_act(town: Town) -> None:
    found = see.make_report(community=town.community, now=NOW + timedelta(days=90))
    assert found.is_silent
    assert found.at == NOW - timedelta(days=1)
    assert found.findings.numbers.active == 10


def test_every_member_is_measured_but_bots_who_refuses_and_who_never_acted(town: Town) -> None:
    people.mark_bot(community=town.community, person_id=town.id["Wei"], is_bot=True)
    people.choose_sight(community=town.community, person_id=town.id["Su"], hides_rank=True, refuses_measures=True)
    found = see.make_report(community=town.community, now=NOW)
    rows = set(Measure.objects.filter(community=town.community).values_list("person_id", flat=True))
    assert rows == {pk for name, pk in town.id.items() if name not in {"Wei", "Su", "Founder"}}
    listed = {r.person for r in found.findings.dependence.top}
    assert not listed & {town.id["Wei"], town.id["Su"]}
    for name in ("Wei", "Su", "Founder"):
        with pytest.raises(see.NotMeasured):
            see.measure(town.community, town.id[name])


def test_a_measure_says_what_would_go_with_somebody(town: Town) -> None:
    see.make_report(community=town.community, now=NOW)
    tang, founder = see.measure(town.community, town.id["Tang"]), town.id["Founder"]
    energies = energy.ties(town.community, at=NOW)
    touching = sum(t.live for t in energies if town.id["Tang"] in (t.a_id, t.b_id))
    assert tang.loss == pytest.approx(touching / sum(t.live for t in energies))
    assert (tang.acts, tang.first_at, tang.last_at) == (11, NOW - timedelta(days=1), NOW - timedelta(days=1))
    assert (tang.risk, tang.stake) == (None, 0.0)  # here for a day: no habit yet that could be broken
    assert tang.brokerage is not None
    assert tang.facts["ties"] == 3
    assert founder not in {m.person_id for m in see.at_stake(town.community)}


def test_who_has_most_at_stake_stands_first(town: Town) -> None:
    for days in (60, 50, 40, 35):
        town.act("Tang", "Luo", days_ago=days)
        town.act("Jiang", "He", days_ago=days)
    see.make_report(community=town.community, now=NOW)
    found = see.at_stake(town.community)
    assert {m.person_id for m in found} == {town.id["Tang"], town.id["Jiang"]}
    assert all(m.risk is not None and 0 < m.risk < 1 for m in found)
    assert [m.stake for m in found] == sorted((m.stake for m in found), reverse=True)


def test_two_who_become_one_are_measured_as_one(town: Town) -> None:
    before = see.make_report(community=town.community, now=NOW).findings
    account = Person.objects.create_user("jiang@example.org", "correct horse", "Jiang")
    people.merge_person(imported=Person.objects.get(pk=town.id["Jiang"]), into=account)
    energy.merge(community=town.community, person_id=account.pk)
    assert energy.compare(town.community).is_equal
    after = see.make_report(community=town.community, now=NOW).findings
    assert after.numbers == before.numbers
    assert see.measure(town.community, account.pk).acts == 8
    with pytest.raises(see.NotMeasured):
        see.measure(town.community, town.id["Jiang"])


def test_who_left_is_measured_no_more_and_the_report_stands(town: Town) -> None:
    see.make_report(community=town.community, now=NOW)
    people.remove_members(community=town.community, person_ids=[town.id["Tang"]])
    see.outdate(community=town.community)
    assert town.community.pk in due(nightly=False)
    found = see.report(town.community, now=NOW + timedelta(minutes=11))
    assert found.findings.numbers.people == 10
    with pytest.raises(see.NotMeasured):
        see.measure(town.community, town.id["Tang"])


def test_who_waits_comes_with_what_they_said(town: Town) -> None:
    energy.record(
        community=town.community,
        acts=[energy.NewAct(town.id["Founder"], "post", NOW - timedelta(hours=20), "p:1", "post:1")],
    )
    assert see.make_report(community=town.community, now=NOW).findings.newcomers.waiting == ()  # staff wait for nobody
    late = people.make_person(name="Late")
    people.add_member(community=town.community, person=late, now=NOW - timedelta(days=1))
    energy.record(
        community=town.community, acts=[energy.NewAct(late.pk, "post", NOW - timedelta(hours=20), "p:2", "post:2")]
    )
    waiting = see.make_report(community=town.community, now=NOW).findings.newcomers.waiting
    assert [(w.person, w.source, w.since) for w in waiting] == [(late.pk, "post:2", NOW - timedelta(hours=20))]


def test_each_community_is_a_job_and_waits_in_the_queue_once(town: Town, jobs: InMemoryConnector) -> None:
    from kith.see import tasks  # noqa: PLC0415 -- the worker imports it, nobody else

    other = people.found(name="Other", slug="other", pursuit="Else.", by=people.make_person(name="O"), now=NOW)
    assert tasks.report_missing(0) == 2
    assert {j["args"]["community_id"] for j in jobs.jobs.values()} == {town.community.pk, other.pk}
    assert tasks.report_missing(0) == 0
    tasks.report(other.pk)
    tasks.report(town.community.pk)
    assert due(nightly=True) == due(nightly=False) == []
    town.act("Wei", "Gu", days_ago=0)
    assert (due(nightly=True), due(nightly=False)) == ([town.community.pk], [])


def test_the_job_of_a_community_that_is_gone_does_nothing(db: None) -> None:
    from kith.see import tasks  # noqa: PLC0415 -- the worker imports it, nobody else

    tasks.report(987_654)
    assert not Report.objects.exists()
