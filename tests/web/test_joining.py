"""What a community shows at its door, and the ways in."""

import pytest
from django.test import Client
from django.utils import timezone

from kith.energy.api import acts_of
from kith.gather import api as gather
from kith.people.api import Community, amend, standing
from tests.conftest import NOW, Cast, signed_in


def english(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def boundary(cast: Cast, visible_to: str, entered_by: str) -> Community:
    return amend(community=cast.home, visible_to=visible_to, entered_by=entered_by)


@pytest.mark.parametrize(
    ("visible_to", "entered_by", "status"),
    [
        ("members", "application", 200), ("members", "open", 200), ("members", "invitation", 404),
        ("public", "application", 200), ("public", "open", 200), ("public", "invitation", 200),
    ],
)  # fmt: skip
def test_the_door_shows_itself_where_one_may_knock(cast: Cast, visible_to: str, entered_by: str, status: int) -> None:
    boundary(cast, visible_to, entered_by)
    for client in (Client(), signed_in(cast.stranger)):
        assert client.get("/c/shanye/join").status_code == status


def test_a_hidden_community_shows_at_its_door_no_more_than_one_needs(cast: Cast) -> None:
    body = signed_in(cast.stranger).get("/c/shanye/join").content.decode()
    assert "山野社" in body
    assert "把山野带回家" in body
    assert "你为什么来？" in body
    for hidden in ("不说假话", "有话直说", "罗", "/about"):
        assert hidden not in body


def test_about_is_for_those_who_may_see(cast: Cast) -> None:
    assert Client().get("/c/shanye/about").status_code == 404
    body = signed_in(cast.member).get("/c/shanye/about").content.decode()
    for shown in ("把山野带回家", "不说假话", "有话直说", "罗", "Olga"):
        assert shown in body
    boundary(cast, "public", "open")
    assert "把山野带回家" in Client().get("/c/shanye/about").content.decode()


def test_a_member_at_the_door_is_led_inside(cast: Cast) -> None:
    assert signed_in(cast.member).get("/c/shanye/join").headers["Location"] == "/c/shanye/"


def test_an_open_community_is_joined_by_one_click(cast: Cast) -> None:
    home = boundary(cast, "members", "open")
    client = signed_in(cast.stranger)
    client.get("/c/shanye/join")
    assert standing(home, cast.stranger) is None
    assert client.post("/c/shanye/join").headers["Location"] == "/c/shanye/"
    place = standing(home, cast.stranger)
    assert place
    assert place.role == "member"
    assert client.post("/c/shanye/join").headers["Location"] == "/c/shanye/"


def test_who_is_not_signed_in_is_asked_to_first(cast: Cast) -> None:
    boundary(cast, "members", "open")
    body = english(Client()).get("/c/shanye/join").content.decode()
    assert 'href="/accounts/signup/?next=/c/shanye/join"' in body
    assert 'href="/accounts/login/?next=/c/shanye/join"' in body
    assert Client().post("/c/shanye/join").headers["Location"] == "/c/shanye/join"


@pytest.mark.parametrize(("visible_to", "entered_by", "status"), [("members", "application", 403), ("public", "invitation", 403), ("members", "invitation", 404)])  # fmt: skip
def test_nobody_walks_through_a_door_that_is_not_open(
    cast: Cast, visible_to: str, entered_by: str, status: int
) -> None:
    home = boundary(cast, visible_to, entered_by)
    assert signed_in(cast.stranger).post("/c/shanye/join").status_code == status
    assert signed_in(cast.stranger).post("/c/shanye/apply", {"answer": "x"}).status_code == (
        404 if status == 404 else 302 if entered_by == "application" else 403
    )
    assert standing(home, cast.stranger) is None


def test_an_application_is_sent_and_its_state_is_shown(cast: Cast) -> None:
    client = english(signed_in(cast.stranger))
    assert client.post("/c/shanye/apply", {"answer": "为了山"}).headers["Location"] == "/c/shanye/join"
    body = client.get("/c/shanye/join").content.decode()
    assert "Your application is being read" in body
    assert "为了山" in body
    (waiting,) = gather.waiting(cast.home)
    assert (waiting.name, waiting.answers) == ("Ann", [("你为什么来？", "为了山")])


def test_an_unanswered_question_is_said_beside_it_and_nothing_is_lost(cast: Cast) -> None:
    amend(community=cast.home, questions=["一？", "二？"])
    client = english(signed_in(cast.stranger))
    answer = client.post("/c/shanye/apply", {"answer": ["写了很久的话", "  "]})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert "写了很久的话" in body
    assert 'id="answer-1_error"' in body
    assert 'id="answer-0_error"' not in body
    assert gather.waiting(cast.home) == []


def test_applying_twice_is_one_application(cast: Cast) -> None:
    client = signed_in(cast.stranger)
    for _ in range(2):
        assert client.post("/c/shanye/apply", {"answer": "为了山"}).status_code == 302
    assert len(gather.waiting(cast.home)) == 1


def test_a_declined_applicant_reads_why_and_may_ask_again(cast: Cast) -> None:
    client = english(signed_in(cast.stranger))
    client.post("/c/shanye/apply", {"answer": "卖货"})
    (waiting,) = gather.waiting(cast.home)
    gather.decide(
        community=cast.home, application_id=waiting.id, admit=False, by=cast.founder, now=NOW, reason="先读几个月。"
    )
    body = client.get("/c/shanye/join").content.decode()
    assert "Not this time" in body
    assert "先读几个月。" in body
    assert 'name="answer"' in client.get("/c/shanye/join?again").content.decode()
    client.post("/c/shanye/apply", {"answer": "读过了"})
    assert len(gather.waiting(cast.home)) == 1


def test_an_invitation_shows_who_invites_and_reading_it_uses_nothing_up(cast: Cast) -> None:
    boundary(cast, "members", "invitation")
    token = gather.invite(community=cast.home, by=cast.founder, now=timezone.now())
    for client in (Client(), signed_in(cast.stranger)):
        for _ in range(3):
            body = english(client).get(f"/c/shanye/i/{token}").content.decode()
            assert "罗 invites you" in body
            assert "不说假话" in body
    assert standing(cast.home, cast.stranger) is None


def test_an_invitation_leads_a_newcomer_from_sign_up_inside(cast: Cast) -> None:
    home = boundary(cast, "members", "invitation")
    link = f"/c/shanye/i/{gather.invite(community=home, by=cast.founder, now=timezone.now())}"
    client = english(Client())
    assert f'href="/accounts/signup/?next={link}"' in client.get(link).content.decode()
    form = {"name": "唐", "email": "tang@example.org", "password1": "a long quiet river", "next": link}
    assert client.post("/accounts/signup/", form).headers["Location"] == link
    token = link.rpartition("/")[2]
    assert client.post("/c/shanye/join", {"token": token}).headers["Location"] == "/c/shanye/"
    assert client.get("/c/shanye/about").status_code == 200
    assert [a.kind for a in acts_of(home, cast.founder.pk)] == ["welcome"]


def test_an_invitation_for_one_lets_one_in(cast: Cast) -> None:
    token = gather.invite(community=cast.home, by=cast.founder, now=timezone.now())
    signed_in(cast.stranger).post("/c/shanye/join", {"token": token})
    answer = english(signed_in(cast.enemy)).post("/c/shanye/join", {"token": token})
    assert answer.status_code == 404
    assert "This link is not valid, or it has expired." in answer.content.decode()
    assert standing(cast.home, cast.enemy) is None


@pytest.mark.parametrize("slug", ["shanye", "nowhere", "duian"])
def test_a_bad_invitation_tells_nobody_what_exists(cast: Cast, slug: str) -> None:
    boundary(cast, "members", "invitation")
    answer = english(Client()).get(f"/c/{slug}/i/{'x' * 43}")
    assert answer.status_code == 404
    assert "This link is not valid, or it has expired." in answer.content.decode()


def test_an_invitation_of_another_community_opens_nothing(cast: Cast) -> None:
    token = gather.invite(community=cast.rival, by=cast.enemy, now=timezone.now())
    assert signed_in(cast.stranger).post("/c/shanye/join", {"token": token}).status_code == 404
    assert standing(cast.home, cast.stranger) is None


def test_a_member_keeps_the_use_of_an_invitation(cast: Cast) -> None:
    token = gather.invite(community=cast.home, by=cast.founder, now=timezone.now())
    assert signed_in(cast.member).get(f"/c/shanye/i/{token}").headers["Location"] == "/c/shanye/"
    signed_in(cast.member).post("/c/shanye/join", {"token": token})
    assert gather.invitation_of(community=cast.home, token=token, now=timezone.now()) == "罗"


def test_pages_with_a_token_send_no_address_to_other_sites(cast: Cast) -> None:
    token = gather.invite(community=cast.home, by=cast.founder, now=timezone.now())
    answer = Client().get(f"/c/shanye/i/{token}")
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_front_page_leads_a_first_visitor_to_founding(db: None) -> None:
    body = english(Client()).get("/").content.decode()
    assert 'href="/accounts/signup/?next=/new"' in body
    assert "become" not in body


def test_the_front_page_shows_public_communities_and_ones_own(cast: Cast) -> None:
    body = Client().get("/").content.decode()
    assert "山野社" not in body
    boundary(cast, "public", "open")
    assert 'href="/c/shanye/"' in Client().get("/").content.decode()
    mine = signed_in(cast.enemy).get("/").content.decode()
    assert 'href="/c/duian/"' in mine
    assert 'href="/c/shanye/"' in mine
