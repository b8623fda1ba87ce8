"""The pages of see: who may open them, what they say, and what a browser may keep."""

import gzip
import re

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from tests.see.conftest import NOW, Town


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


@pytest.fixture
def reader(town: Town, client: Client) -> Person:
    """Make Tang sign in; the picture is made."""
    see.refresh(community=town.community, now=NOW)
    return sign_in(town, client)


def sign_in(town: Town, client: Client) -> Person:
    tang = Person.objects.get(pk=town.id["Tang"])
    client.force_login(tang, backend="django.contrib.auth.backends.ModelBackend")
    return tang


def at(town: Town, rest: str = "") -> str:
    return f"/c/{town.community.slug}/network{rest}"


PAGES = ["", "/map.bin", "/labels.json", "/find?q=a", "/list", "/person/1"]


@pytest.mark.parametrize("page", PAGES)
def test_a_community_of_members_shows_its_network_to_nobody_else(town: Town, client: Client, page: str) -> None:
    assert client.get(at(town, page)).status_code == 404
    stranger = people.make_person(name="Stranger")
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(at(town, page)).status_code == 404


@pytest.mark.usefixtures("reader")
def test_the_page_begins_with_the_first_super_node(town: Town, client: Client) -> None:
    page = client.get(at(town)).content.decode()
    first = see.super_nodes(town.community)[0]
    assert f'data-focus="{first.who.person_id}"' in page
    assert "75% of the acts between Chongqing and Kunming pass through them." in page
    assert 'data-person-url="/c/two-towns/network/person/{id}"' in page
    assert 'data-circle-of="Circle of %s"' in page


@pytest.mark.usefixtures("reader")
def test_the_page_begins_with_whom_one_asked_for(town: Town, client: Client) -> None:
    page = client.get(at(town, f"?person={town.id['Ma']}")).content.decode()
    assert f'data-focus="{town.id["Ma"]}"' in page
    for nobody in ("999999", "x", "9" * 40, "-1"):
        assert client.get(at(town, f"?person={nobody}")).status_code == 200


def test_the_first_look_at_a_community_without_ties_says_what_to_do(empty: Town, client: Client) -> None:
    sign_in(empty, client)
    page = client.get(at(empty)).content.decode()
    assert "Nobody is in touch yet." in page
    assert "data-focus" not in page


@pytest.mark.usefixtures("reader")
def test_the_map_is_sent_as_stored_and_not_twice(town: Town, client: Client) -> None:
    packed = client.get(at(town, "/map.bin"), headers={"Accept-Encoding": "gzip"})
    plain = client.get(at(town, "/map.bin"), headers={"Accept-Encoding": ""})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == see.etag(town.community)
    again = client.get(at(town, "/map.bin"), headers={"If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("reader")
def test_the_labels_name_circles_and_super_nodes(town: Town, client: Client) -> None:
    assert client.get(at(town, "/labels.json")).json() == see.labels(town.community)


@pytest.mark.usefixtures("reader")
def test_the_inspector_shows_one_person_and_refuses_who_is_not_there(town: Town, client: Client) -> None:
    found = client.get(at(town, f"/person/{town.id['Luo']}"), headers={"HX-Request": "true"})
    assert 'data-name="Luo"' in found.content.decode()
    assert f"/c/{town.community.slug}/m/Luo/you" in found.content.decode()
    gone = client.get(at(town, "/person/999999"), headers={"HX-Request": "true"})
    assert (gone.status_code, gone.content.decode()) == (404, "This person is not in the network yet.")


@pytest.mark.usefixtures("reader")
def test_the_search_finds_people_to_show_on_the_map(town: Town, client: Client) -> None:
    found = client.get(at(town, "/find?q=lu")).content.decode()
    assert re.findall(r'data-map-person="(\d+)"', found) == [str(town.id["Luo"])]
    assert "Nobody by that name" in client.get(at(town, "/find?q=zzz")).content.decode()
    assert client.get(at(town, "/find?q=%20")).content == b""


@pytest.mark.usefixtures("reader")
def test_the_list_shows_the_facts_of_the_map(town: Town, client: Client) -> None:
    page = client.get(at(town, "/list")).content.decode()
    assert page.count("<tr>") == 1 + 11
    assert 'aria-sort="descending"' in page
    for bad in ("?sort=height", "?page=0", "?page=x", "?page=99999999999999999999", "?q=%00"):
        assert client.get(at(town, "/list" + bad)).status_code == 200
    part = client.get(at(town, "/list?q=tang&sort=ties"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count("<tr>") == 2


def test_pages_cost_a_fixed_number_of_queries(
    town: Town, reader: Person, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for page, most in (("", 16), ("/map.bin", 11), ("/list", 14), (f"/person/{reader.pk}", 9)):
        client.get(at(town, page))
        with django_assert_max_num_queries(most):
            client.get(at(town, page))


@pytest.mark.usefixtures("reader")
def test_a_persons_page_shows_ties_and_the_readers_own(town: Town, client: Client) -> None:
    page = client.get(f"/c/{town.community.slug}/m/Luo").content.decode()
    assert "6 acts between you in 90 days." in page
    assert "In all 3 from you and 3 from them" in page
    assert page.count('class="row"') >= 3
    assert "Half a year of energy" in page
    nobody = client.get(f"/c/{town.community.slug}/m/Founder").content.decode()
    assert "You have not been in touch yet." in nobody


def test_the_circle_of_somebody_is_worded_for_the_map() -> None:
    with translation.override("en"):
        assert see.circle_name("%s", is_chapter=False) == "Circle of %s"
