"""One's own place: how one is seen, what one is asked, what rests on one; and which members are programs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.models import Introduction, Measure
from tests.conftest import Cast, signed_in

HOME = "/c/shanye"
HTMX = {"HX-Request": "true"}


def english(person: Person) -> Client:
    client = signed_in(person)
    client.cookies["lang"] = "en"
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(HOME + path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def talking(cast: Cast) -> Cast:
    """何以南 exchanges with 苏杭 and 赵穗, who do not know each other; 何以南 is the super node."""
    now = timezone.now()
    pairs = [(cast.core, cast.member), (cast.member, cast.core), (cast.core, cast.other), (cast.other, cast.core)]
    acts = [
        NewAct(one.pk, "reply", now - timedelta(days=n + 1), f"t:{n}:{one.pk}:{other.pk}", "t", other.pk)
        for n in range(4)
        for one, other in pairs
    ]
    energy.record(community=cast.home, acts=acts)
    see.refresh(community=cast.home, now=now)
    see.make_report(community=cast.home, now=now)
    return cast


def proposed(cast: Cast, *, held_out: bool = False) -> int:
    low, high = sorted((cast.member.pk, cast.other.pk))
    return Introduction.objects.create(
        community=cast.home, a_id=low, b_id=high, score=1, mutual=[cast.core.pk], held_out=held_out, proposed_at=timezone.now()
    ).pk  # fmt: skip


def test_one_chooses_how_one_is_seen_and_it_is_so_at_once(talking: Cast) -> None:
    client = english(talking.core)
    assert "何以南" in page(english(talking.member), "/network/list")
    assert client.post(f"{HOME}/me", {"part": "sight", "sight": "hidden"})["Location"] == f"{HOME}/me?saved=sight#sight"
    standing = people.standing(talking.home, talking.core)
    assert standing
    assert (standing.hides_rank, standing.refuses_measures) == (True, False)
    assert "何以南" not in page(english(talking.member), "/network/list")
    client.post(f"{HOME}/me", {"part": "sight", "sight": "unmeasured"})
    assert "Nothing is measured about you" in page(client, "/me/node")
    shown = page(english(talking.member), "/m/何以南")
    assert "Gives and gets" not in shown
    assert "You and them" not in shown
    assert english(talking.member).get(f"{HOME}/m/何以南/you").status_code == 404
    client.post(f"{HOME}/me", {"part": "sight", "sight": "seen"})
    see.refresh(community=talking.home, now=timezone.now())
    assert "何以南" in page(english(talking.member), "/network/list")


def test_the_page_says_what_is_chosen_and_saves_each_part_by_itself(talking: Cast) -> None:
    client = english(talking.operator)
    assert 'value="seen" checked' in page(client, "/me")
    client.post(f"{HOME}/me", {"part": "introductions"})
    standing = people.standing(talking.home, talking.operator)
    assert standing
    assert (standing.declines_introductions, standing.hides_rank) == (True, False)
    client.post(f"{HOME}/me", {"part": "introductions", "introductions": "1"})
    assert people.standing(talking.home, talking.operator).declines_introductions is False  # type: ignore[union-attr]  # a member
    assert "Saved" in page(client, "/me?saved=introductions")
    assert client.post(f"{HOME}/me", {"part": "all"}).status_code == 404


def test_the_account_leads_to_it(talking: Cast) -> None:
    assert f'href="{HOME}/me"' in english(talking.member).get("/account").content.decode()


def test_a_super_node_is_told_whom_they_connect_what_rests_on_them_and_what_would_help(talking: Cast) -> None:
    proposed(talking)
    shown = page(english(talking.core), "/me/node")
    assert "Much holds together here because of you" in shown
    assert "You carry 100% of the acts in your circle." in shown
    assert "100% of the live energy runs over you." in shown
    assert "both know 何以南" in shown
    assert "This is no duty." in shown
    assert "苏杭" in shown


def test_who_is_in_touch_with_nobody_is_told_how_to_begin(cast: Cast) -> None:
    see.make_report(community=cast.home, now=timezone.now())
    shown = page(english(cast.member), "/me/node")
    assert "You are not in touch with anybody here yet" in shown
    assert "One answer to somebody who waits is enough to begin." in shown


def test_an_introduction_goes_from_the_super_node_over_both_to_the_book(talking: Cast) -> None:
    pk = proposed(talking)
    core, one, other = english(talking.core), english(talking.member), english(talking.other)
    assert f"/introductions/{pk}/ask" in page(core, "/introductions")
    asked = core.post(f"{HOME}/introductions/{pk}/ask", headers=HTMX)
    assert "asked just now by 何以南" in asked.content.decode()
    for client, name in ((one, "赵穗"), (other, "苏杭")):
        for path in ("/", "/me"):
            assert f"Would you like to meet {name}?" in page(client, path)
    yes = one.post(f"{HOME}/introductions/{pk}/answer", {"yes": "1"}, headers=HTMX)
    assert "Your yes to meeting 赵穗 is kept" in yes.content.decode()
    assert "Would you like to meet" not in page(one, "/")
    no = other.post(f"{HOME}/introductions/{pk}/answer", {"yes": "0"}, headers=HTMX)
    assert "kept to yourself" in no.content.decode()
    assert "asked just now by 何以南" in page(core, "/introductions")
    assert "I would like to, after all" in page(other, "/me")
    made = other.post(f"{HOME}/introductions/{pk}/answer", {"yes": "1"})
    assert (made.status_code, made["Location"]) == (302, f"{HOME}/")
    assert "You and 苏杭 have been introduced" in page(other, "/")
    assert "You and 赵穗 have been introduced" in page(one, "/")
    assert [a.kind for a in energy.acts_of(talking.home, talking.core.pk, limit=2)] == ["introduce", "introduce"]


def test_a_plain_member_introduces_nobody_and_sees_no_pairs(talking: Cast) -> None:
    pk = proposed(talking)
    assert f"/introductions/{pk}/ask" not in page(english(talking.other), "/introductions")
    assert english(talking.other).post(f"{HOME}/introductions/{pk}/ask").status_code == 400
    assert Introduction.objects.get(pk=pk).asked_at is None


def test_what_the_lot_held_out_is_on_no_page(talking: Cast) -> None:
    pk = proposed(talking, held_out=True)
    for client in (english(talking.founder), english(talking.core)):
        assert f"/introductions/{pk}/" not in page(client, "/introductions")
        assert client.post(f"{HOME}/introductions/{pk}/ask").status_code == 404


def test_operators_see_what_introducing_adds_and_too_little_until_then(talking: Cast) -> None:
    shown = page(english(talking.founder), "/introductions")
    assert "What it adds" in shown
    assert "Too little to say yet" in shown
    assert "What it adds" not in page(english(talking.core), "/introductions")


def test_asking_from_the_pulse_answers_with_the_row_of_the_errand(talking: Cast) -> None:
    pk = proposed(talking)
    see.propose_errands(community=talking.home, now=timezone.now())
    [errand] = [e for e in see.errands(talking.home, now=timezone.now()) if e.kind == "introduce"]
    client = english(talking.founder)
    assert f"/introductions/{pk}/ask" in page(client, "/pulse")
    answer = client.post(f"{HOME}/introductions/{pk}/ask", {"errand": str(errand.id)}, headers=HTMX)
    assert f'id="errand-{errand.id}"' in answer.content.decode()
    assert see.errand(talking.home, errand.id).state == "done"


def test_declining_introductions_withdraws_what_was_proposed(talking: Cast) -> None:
    proposed(talking)
    english(talking.member).post(f"{HOME}/me", {"part": "introductions"})
    assert Introduction.objects.count() == 0


def test_staff_marks_programs_and_takes_it_back(talking: Cast) -> None:
    client = english(talking.operator)
    assert "This is a program, no person" in page(client, "/m/赵穗")
    assert "This is a program" not in page(english(talking.member), "/m/赵穗")
    answer = client.post(f"{HOME}/settings/program", {"handle": "赵穗", "is_bot": "1"})
    assert answer.status_code == 302
    assert people.programs(talking.home)[0].name == "赵穗"
    assert "A person after all" in page(client, "/settings")
    back = client.post(f"{HOME}/settings/program", {"handle": "赵穗", "back": "settings"})
    assert back["Location"] == f"{HOME}/settings?saved=programs#programs"
    assert people.programs(talking.home) == []
    assert client.post(f"{HOME}/settings/program", {"handle": "nobody"}).status_code == 404


def test_who_looks_like_a_program_is_shown_to_be_judged(talking: Cast) -> None:
    now = timezone.now()
    acts = [NewAct(talking.other.pk, "post", now - timedelta(hours=n), f"clock:{n}", "t") for n in range(1, 80)]
    energy.record(community=talking.home, acts=acts)
    see.make_report(community=talking.home, now=now)
    shown = page(english(talking.founder), "/settings")
    assert "Acts by the clock, as people do not." in shown
    assert "It is a program" in shown


def test_who_holds_others_together_reads_into_how_many_parts_they_would_fall(talking: Cast) -> None:
    assert see.measure(talking.home, talking.core.pk).facts["components"] == 1
    shown = page(english(talking.core), "/me/node")
    assert "1 person would be cut off from the rest." in shown
    assert "What holds together now would fall into 1 more part." in shown
    Measure.objects.filter(person=talking.core).update(facts={"silent_days": 1, "weeks": 4, "of": 13, "ties": 2})
    assert "What holds together" not in page(english(talking.core), "/me/node")
