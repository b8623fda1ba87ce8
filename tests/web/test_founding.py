"""Founding a community in four steps: nothing typed is lost, every fault is said beside its field."""

import pytest
from django.test import Client

from kith.lib.errors import NotFound
from kith.people.api import Value, communities_of, community, found, standing
from tests.conftest import NOW, Cast, signed_in

NAME = {"name": "远路社", "slug": "yuanlu", "pursuit": "走得远，一起走。"}
BOUNDARY = {"visible_to": "public", "entered_by": "application", "questions": "你为什么来？\n\n你能给什么？"}


@pytest.fixture
def client(cast: Cast) -> Client:
    client = signed_in(cast.stranger)
    client.cookies["lang"] = "en"
    return client


def lead(client: Client, *steps: tuple[str, dict[str, str | list[str]]]) -> str:
    """Walk the steps; returns where the last one led."""
    where = ""
    for step, form in steps:
        where = client.post(f"/new{step}", form | {"go": "next"}).headers["Location"]
    return where


def all_steps(**changes: str) -> tuple[tuple[str, dict[str, str | list[str]]], ...]:
    return (
        ("", {**NAME, **changes}),
        ("/values", {"word": ["真", "慢"], "sentence": ["不说假话", "好东西要等"]}),
        ("/rules", {"rules": "有话直说。"}),
        ("/boundary", {**BOUNDARY, **changes}),
    )


def test_a_stranger_is_asked_who_they_are_and_comes_back(db: None) -> None:
    answer = Client().get("/new")
    assert answer.headers["Location"] == "/accounts/login/?next=/new"


def test_four_steps_make_a_community_and_lead_to_what_is_next(cast: Cast, client: Client) -> None:
    assert lead(client, *all_steps()) == "/c/yuanlu/begin"
    made = community("yuanlu")
    assert (made.name, made.pursuit, made.rules) == ("远路社", "走得远，一起走。", "有话直说。")
    assert (made.visible_to, made.entered_by, made.questions) == (
        "public",
        "application",
        ["你为什么来？", "你能给什么？"],
    )
    assert [(v.word, v.sentence) for v in Value.objects.filter(community=made).order_by("position")] == [
        ("真", "不说假话"),
        ("慢", "好东西要等"),
    ]
    place = standing(made, cast.stranger)
    assert place
    assert place.role == "founder"
    body = client.get("/c/yuanlu/begin").content.decode()
    for address in ("/c/yuanlu/import", "/c/yuanlu/door#invite", "/c/yuanlu/#new"):
        assert f'href="{address}"' in body
    assert 'value="远路社"' not in client.get("/new").content.decode()


def test_what_was_typed_survives_reload_back_and_forward(client: Client) -> None:
    lead(client, *all_steps()[:3])
    assert 'value="好东西要等"' in client.get("/new/values").content.decode()
    back = client.post("/new/rules", {"rules": "改了一半", "go": "back"})
    assert back.headers["Location"] == "/new/values"
    assert "改了一半" in client.get("/new/rules").content.decode()
    assert 'value="yuanlu"' in client.get("/new").content.decode()


def test_what_is_being_typed_is_kept_without_judging_it(client: Client) -> None:
    answer = client.post("/new", {"name": "半", "slug": "!", "pursuit": "", "go": "keep"})
    assert (answer.status_code, answer.content) == (204, b"")
    body = client.get("/new").content.decode()
    assert 'value="半"' in body
    assert "errorlist" not in body


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("A name needs at least one visible character.", "Say in a sentence what the community pursues.")),
        ("zh-hans", ()),
    ],
)
def test_every_fault_of_a_step_is_said_beside_its_field(
    client: Client, language: str, sentences: tuple[str, ...]
) -> None:
    client.cookies["lang"] = language
    answer = client.post("/new", {"name": "\u200b", "slug": "A B", "pursuit": " ", "go": "next"})
    body = answer.content.decode()
    assert answer.status_code == 422
    for name in ("name", "slug", "pursuit"):
        assert f'id="{name}_error"' in body
        assert f"{name}_error" in body.split(f'id="{name}"')[1].split(">")[0]
    for sentence in sentences:
        assert sentence in body
    assert 'value="A B"' in body


@pytest.mark.parametrize("slug", ["a", "new", "api", "中文", "-abc", "a" * 41])
def test_an_address_that_cannot_be_is_refused(client: Client, slug: str) -> None:
    answer = client.post("/new", NAME | {"slug": slug, "go": "next"})
    assert answer.status_code == 422
    assert "An address is 2 to 40 small letters, digits and hyphens." in answer.content.decode()


def test_a_taken_address_is_said_at_the_first_step(cast: Cast, client: Client) -> None:
    answer = client.post("/new", NAME | {"slug": "shanye", "go": "next"})
    assert answer.status_code == 422
    assert "The address “shanye” is already taken." in answer.content.decode()


def test_an_address_taken_meanwhile_leads_back_with_nothing_lost(cast: Cast, client: Client) -> None:
    lead(client, *all_steps()[:3])
    found(name="先来", slug="yuanlu", pursuit="x", by=cast.enemy, now=NOW)
    answer = client.post("/new/boundary", BOUNDARY | {"go": "next"}, follow=True)
    assert answer.redirect_chain == [("/new?check", 302)]
    assert "The address “yuanlu” is already taken." in answer.content.decode()
    assert "有话直说。" in client.get("/new/rules").content.decode()
    assert communities_of(cast.stranger) == []


def test_a_skipped_step_is_shown_with_its_faults(cast: Cast, client: Client) -> None:
    answer = client.post("/new/boundary", BOUNDARY | {"go": "next"}, follow=True)
    assert answer.redirect_chain == [("/new?check", 302)]
    assert 'id="name_error"' in answer.content.decode()
    assert communities_of(cast.stranger) == []


def test_an_empty_address_is_filled_with_a_free_one_like_the_name(client: Client) -> None:
    lead(client, all_steps(name="Night Readers", slug="")[0])
    assert 'value="night-readers"' in client.get("/new").content.decode()


def suggested(client: Client, name: str, slug: str = "") -> str:
    answer = client.post("/new", {"name": name, "slug": slug, "pursuit": "", "go": "suggest"}).json()
    return str(answer["slug"])


def test_a_suggested_address_steps_aside_for_a_taken_one(cast: Cast, client: Client) -> None:
    assert suggested(client, "Shanye") == "shanye-2"


def test_a_chinese_name_gets_an_address_from_the_founders_mail(client: Client) -> None:
    assert suggested(client, "远路社").startswith("ann-")


def test_a_suggestion_never_replaces_an_address_of_ones_own(client: Client) -> None:
    assert suggested(client, "Wild Wood") == "wild-wood"
    assert suggested(client, "Wild River", slug="wild-wood") == "wild-river"
    assert suggested(client, "Wild Lake", slug="mine") == "mine"


def test_values_are_added_and_removed_without_a_script(client: Client) -> None:
    one = {"word": ["真"], "sentence": ["不说假话"]}
    client.post("/new/values", one | {"go": "add"})
    assert client.get("/new/values").content.decode().count('name="word"') == 2
    two = {"word": ["真", "慢"], "sentence": ["不说假话", "等"]}
    client.post("/new/values", two | {"go": "remove:0"})
    body = client.get("/new/values").content.decode()
    assert 'value="慢"' in body
    assert 'value="真"' not in body


def test_there_are_at_most_five_values(client: Client) -> None:
    six = {"word": list("一二三四五六"), "sentence": [""] * 6}
    client.post("/new/values", six | {"go": "add"})
    body = client.get("/new/values").content.decode()
    assert body.count('name="word"') == 5
    assert 'value="add"' not in body


@pytest.mark.parametrize("go", ["remove:9", "remove:x", "remove:99999999999999999999", "nonsense"])
def test_a_strange_button_changes_nothing(client: Client, go: str) -> None:
    client.post("/new/values", {"word": ["真"], "sentence": ["不说假话"], "go": go})
    assert 'value="真"' in client.get("/new/values").content.decode()


def test_faults_of_values_stand_beside_the_value(client: Client) -> None:
    wrong = {"word": ["", "真", "真", "长" * 21], "sentence": ["无名", "a", "b", "c"], "go": "next"}
    answer = client.post("/new/values", wrong)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.count("errorlist") == 3
    for sentence in (
        "This value needs a word.",
        "You named this value already.",
        "A word of at most 20 characters, please.",
    ):
        assert sentence in body


def test_an_unknown_boundary_is_refused(cast: Cast, client: Client) -> None:
    lead(client, *all_steps()[:3])
    answer = client.post("/new/boundary", {"visible_to": "all", "entered_by": "magic", "questions": "", "go": "next"})
    assert answer.status_code == 422
    with pytest.raises(NotFound):
        community("yuanlu")


def test_eleven_questions_are_too_many(client: Client) -> None:
    lead(client, *all_steps()[:3])
    answer = client.post("/new/boundary", BOUNDARY | {"questions": "?\n" * 11, "go": "next"})
    assert answer.status_code == 422
    assert "at most 10 questions" in answer.content.decode()


def test_there_is_no_fifth_step(client: Client) -> None:
    assert client.get("/new/fifth").status_code == 404


def test_only_the_founder_is_told_what_to_do_first(cast: Cast) -> None:
    assert signed_in(cast.founder).get("/c/shanye/begin").status_code == 200
    assert signed_in(cast.operator).get("/c/shanye/begin").status_code == 403
    assert signed_in(cast.stranger).get("/c/shanye/begin").status_code == 404
