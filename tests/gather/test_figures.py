"""Core figures: asked, accepted, there for something; a role handed over takes its duties along, all or none."""

from datetime import timedelta

import pytest

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.gather import api as gather
from kith.gather.api import AlreadyFigure, BadDuty, FigureDecided, FigureNameMissing, FigureValue, NotYourFigure
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from tests.conftest import NOW, Cast


def offered(cast: Cast, person: Person, kind: str = "host", **more: object) -> FigureValue:
    return gather.offer_figure(community=cast.home, person_id=person.pk, kind=kind, by=cast.founder, now=NOW, **more)  # type: ignore[arg-type]  # a shorthand


def accepted(cast: Cast, role: FigureValue, person: Person) -> None:
    gather.answer_figure(community=cast.home, figure_id=role.id, yes=True, by=person, now=NOW)


def test_a_role_is_somebodys_when_they_accept_it(cast: Cast) -> None:
    role = offered(cast, cast.member, "own", title="掌勺", why="锅都是他的")
    assert gather.figures(cast.home) == []
    with pytest.raises(NotYourFigure):
        gather.answer_figure(community=cast.home, figure_id=role.id, yes=True, by=cast.founder, now=NOW)
    accepted(cast, role, cast.member)
    found = gather.figures(cast.home)[0]
    assert (found.person_id, found.title, found.why, found.accepted_at) == (cast.member.pk, "掌勺", "锅都是他的", NOW)
    assert gather.figures_among(cast.home, [cast.member.pk, cast.other.pk]) == {cast.member.pk: [("own", "掌勺")]}
    with pytest.raises(FigureDecided):
        accepted(cast, role, cast.member)
    with pytest.raises(AlreadyFigure):
        offered(cast, cast.member, "own", title="掌勺")
    with pytest.raises(FigureNameMissing):
        offered(cast, cast.other, "own")


def test_a_declined_role_may_be_offered_again(cast: Cast) -> None:
    role = offered(cast, cast.member)
    assert gather.answer_figure(community=cast.home, figure_id=role.id, yes=False, by=cast.member, now=NOW) is None
    accepted(cast, offered(cast, cast.member), cast.member)
    assert [f.kind for f in gather.figures(cast.home)] == ["host"]


def test_handing_over_moves_every_duty_at_once_when_the_other_accepts(cast: Cast) -> None:
    home = cast.home
    chapter = gather.open_chapter(community=home, name="成都", by=cast.founder, now=NOW)
    treasure = gather.declare_treasure(community=home, kind="tool", name="米秤", by=cast.founder, now=NOW)
    duties = [("chapter", chapter.pk), ("newcomers", 0), ("space", 7), ("treasure", treasure)]
    role = offered(cast, cast.core, duties=duties)
    accepted(cast, role, cast.core)
    gather.entrust_treasure(community=home, treasure_id=treasure, person_id=cast.core.pk, by=cast.founder, now=NOW)
    with pytest.raises(NotYourFigure):
        gather.hand_over(community=home, figure_id=role.id, to_person_id=cast.other.pk, by=cast.member, now=NOW)
    handed = gather.hand_over(community=home, figure_id=role.id, to_person_id=cast.other.pk, by=cast.core, now=NOW)
    assert gather.leads(home) == {chapter.pk: [cast.core.pk]}
    accepted(cast, handed, cast.other)
    assert gather.leads(home) == {chapter.pk: [cast.other.pk]}
    found = gather.figures(home)
    assert [(f.person_id, list(f.duties)) for f in found] == [(cast.other.pk, sorted(duties))]
    kept = gather.treasure(home, treasure, now=NOW, today=NOW.date())
    assert kept.custodian_id == cast.other.pk
    assert [d.kind for d in people.deeds(home)][:2] == ["gather.figure_accepted", "gather.figure_handed"]


def test_an_ended_role_has_no_duties_left(cast: Cast) -> None:
    chapter = gather.open_chapter(community=cast.home, name="成都", by=cast.founder, now=NOW)
    role = offered(cast, cast.core, duties=[("chapter", chapter.pk)])
    accepted(cast, role, cast.core)
    gather.end_figure(community=cast.home, figure_id=role.id, by=cast.core, now=NOW)
    assert (gather.figures(cast.home), gather.leads(cast.home)) == ([], {})


def test_a_duty_is_about_something_of_this_community(cast: Cast) -> None:
    elsewhere = gather.open_chapter(community=cast.rival, name="对岸", by=cast.enemy, now=NOW)
    for duty in (("chapter", elsewhere.pk), ("treasure", 99), ("newcomers", 3), ("naps", 1)):
        with pytest.raises(BadDuty):
            offered(cast, cast.member, duties=[duty])
    assert gather.offered(cast.home) == []


def test_the_book_suggests_with_reasons_and_leaves_out_who_will_not_be_ranked(cast: Cast) -> None:
    ids = people.bring_people(community=cast.home, names=[f"人{n}" for n in range(24)], now=NOW - timedelta(days=90))
    acts = [
        NewAct(who.pk, "answer", NOW - timedelta(days=1 + i % 5), f"a{who.pk}:{i}", "t", other_id=i)
        for who in (cast.member, cast.other)
        for i in ids
    ]
    acts += [NewAct(i, "thank", NOW - timedelta(days=1), f"t{i}", "t", other_id=cast.member.pk) for i in ids]
    energy.record(community=cast.home, acts=acts)
    people.choose_sight(community=cast.home, person_id=cast.other.pk, hides_rank=True, refuses_measures=False)
    see.refresh(community=cast.home, now=NOW)
    found = gather.suggested(cast.home, now=NOW)
    assert {(s.person_id, s.kind) for s in found} >= {(cast.member.pk, "expert")}
    assert cast.other.pk not in {s.person_id for s in found}
    assert all(s.reasons and all(gather.reason_sentence(r) for r in s.reasons) for s in found)
    accepted(cast, offered(cast, cast.member, "expert"), cast.member)
    assert (cast.member.pk, "expert") not in {(s.person_id, s.kind) for s in gather.suggested(cast.home, now=NOW)}
