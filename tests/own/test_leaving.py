"""Deleting an account: the person goes, their texts as they choose, and both books stay true."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from kith.connect import api as connect
from kith.connect.models import Message, Post, Thank
from kith.energy import api as energy
from kith.launch import api as launch
from kith.ledger import api as ledger
from kith.own import api as own
from kith.people import api as people
from kith.people.api import Person
from kith.rest import tokens
from kith.see import api as see
from kith.share import api as share
from tests.conftest import NOW, Cast, signed_in
from tests.connect.test_chains import add, started
from tests.connect.test_events import draft, hold, says
from tests.energy.book import assert_ties_equal_the_book
from tests.launch.shop import buy, opened, paid
from tests.own.scene import lived
from tests.share.sharing import earned


def leave(cast: Cast, person: Person, texts: str = "keep") -> None:
    own.leave(person=person, texts=texts, now=NOW)


def assert_books_are_true() -> None:
    assert_ties_equal_the_book()
    promises = (*energy.audit(), *ledger.audit(), *launch.audit(), *share.audit())
    assert [p for p in promises if p.broken] == []


def everywhere(word: str) -> list[str]:
    """Return the tables in which a word still stands."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def test_who_leaves_is_a_former_member_and_the_books_stay_true(cast: Cast, settings: Any, tmp_path: Any) -> None:
    made = lived(cast, settings, tmp_path)
    launch.cancel(community=cast.home, no=made["order"], by=cast.member, now=NOW)
    EmailAddress.objects.create(user=cast.member, email="su@example.org", verified=True, primary=True)
    secret = tokens.make(person=cast.member, name="程序", scopes=["read"], now=NOW).secret
    browser = signed_in(cast.member)
    acts = rows("energy_act")
    leave(cast, cast.member)
    gone = Person.objects.get(pk=cast.member.pk)
    assert (gone.email, gone.name, gone.is_active, gone.has_usable_password()) == (None, own.PSEUDONYM, False, False)
    assert not people.standing(cast.home, gone)
    assert browser.get("/account").status_code == 302
    with pytest.raises(Exception, match="not valid"):
        tokens.holder(secret=secret, now=NOW)
    assert everywhere("su@example.org") == []
    assert everywhere("13800000000") == []
    said = connect.one(cast.home, made["ask"], reader=cast.other)
    assert (said.author.name, said.author.handle, "蓝染" in said.text) == (own.PSEUDONYM, "", True)
    assert rows("energy_act") == acts > 0
    assert set(everywhere("苏杭")) == {"connect_post", "connect_words"}  # another called them by it
    assert_books_are_true()


def test_texts_are_emptied_where_that_is_chosen(cast: Cast, settings: Any, tmp_path: Any) -> None:
    made = lived(cast, settings, tmp_path)
    launch.cancel(community=cast.home, no=made["order"], by=cast.member, now=NOW)
    file = connect.picture_path(cast.home.pk, made["digest"])
    assert file.is_file()
    leave(cast, cast.member, "delete")
    for words in ("蓝染", "我这边还下", "私下问你一句", "没写完", "有心"):
        assert everywhere(words) == [], words
    theirs = Post.objects.get(pk=made["theirs"])
    assert (theirs.text, theirs.replies, theirs.thanks) == ("雨停了 @苏杭", 0, 1)
    assert Thank.objects.get(post_id=made["theirs"]).why == ""
    assert Message.objects.get(text="你说").by_id == cast.other.pk
    assert not connect.has_image(cast.home, made["digest"], reader=cast.other)
    assert_books_are_true()


def test_the_last_founder_cannot_leave(cast: Cast) -> None:
    with pytest.raises(own.LastFounderLeaves, match="山野社"):
        leave(cast, cast.founder)
    assert Person.objects.get(pk=cast.founder.pk).email == "luo@example.org"
    people.change_role(community=cast.home, person_id=cast.operator.pk, role="founder")
    leave(cast, cast.founder)
    assert not Person.objects.get(pk=cast.founder.pk).is_active


def test_an_order_under_way_keeps_its_buyer(cast: Cast) -> None:
    opened(cast)
    order = buy(cast)
    with pytest.raises(own.OrdersOpen, match=order.no):
        leave(cast, cast.member)
    paid(cast, order)
    with pytest.raises(own.OrdersOpen):
        leave(cast, cast.member)
    assert own.obstacles(cast.member).orders == ((cast.home.slug, order.no),)
    assert people.standing(cast.home, cast.member)


def test_who_is_owed_money_is_told_where(cast: Cast) -> None:
    opened(cast)
    earned(cast, by=cast.core, buyer_id=cast.other.pk)
    with pytest.raises(own.MoneyOwed, match="山野社"):
        leave(cast, cast.core)
    assert own.obstacles(cast.core).owed == ((cast.home.slug, "山野社"),)


def test_a_seat_is_given_back_and_the_line_moves_up(cast: Cast) -> None:
    made = hold(cast, event=draft(capacity=1))
    assert [says(cast, made, p) for p in (cast.member, cast.other)] == ["yes", "waiting"]
    leave(cast, cast.member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM connect_answer WHERE person_id = %s", [cast.other.pk])
        assert cursor.fetchone() == ("yes",)


def test_lines_that_were_claimed_go_along(cast: Cast) -> None:
    imported = Person.objects.get(pk=people.bring_people(community=cast.home, names=["旧名苏"], now=NOW)[0])
    people.merge_person(imported=imported, into=cast.member)
    leave(cast, cast.member)
    assert everywhere("旧名苏") == []
    assert Person.objects.get(pk=imported.pk).name == own.PSEUDONYM


def test_a_choice_must_be_one(cast: Cast) -> None:
    with pytest.raises(own.UnknownChoice):
        leave(cast, cast.member, "burn")
    leave(cast, cast.stranger)
    with pytest.raises(own.NoAccount):
        leave(cast, cast.stranger)


def test_a_line_of_a_chain_stays_for_the_count_without_what_was_written(cast: Cast) -> None:
    chain = started(cast)
    add(cast, chain, cast.other, "赵小穗", "2")
    leave(cast, cast.other)
    assert everywhere("赵小穗") == []
    assert [tuple(line.values) for line in connect.chain(cast.home, chain, reader=cast.core, now=NOW).lines] == [
        ("", "")
    ]


def test_an_errand_about_them_goes_with_all_that_was_promised_of_it(cast: Cast) -> None:
    connect.post(community=cast.home, text="谁去过昆明？", by=cast.member, now=NOW)
    at = NOW + timedelta(days=1)
    see.make_report(community=cast.home, now=at)
    see.propose_errands(community=cast.home, now=at)
    found = next(e for e in see.errands(cast.home, now=at) if e.who.person_id == cast.member.pk)
    see.take(community=cast.home, errand_id=found.id, by=cast.operator, now=at)
    see.propose_errands(community=cast.home, now=at + timedelta(days=7))
    assert [g.errand.id for g in see.given_back(cast.home)] == [found.id]
    leave(cast, cast.member)
    connection.check_constraints()
    assert (see.given_back(cast.home), rows("see_givenback")) == ((), 0)
