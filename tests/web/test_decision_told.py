"""A decision on an application tells the applicant, with its reason: by mail, on the front page, and by the bell once inside."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.web import notice_mail, notice_words
from tests.conftest import Cast, settle, signed_in, until_settled


def decided(cast: Cast, *, admit: bool, reason: str) -> None:
    now = timezone.now()
    connect.tell_of_deeds(now=now)
    made = gather.apply(community=cast.home, person=cast.stranger, answers=["想来"], now=now)
    gather.decide(community=cast.home, application_id=made.id, admit=admit, reason=reason, by=cast.operator, now=now)


@pytest.mark.usefixtures("committed")
def test_a_refusal_is_told_with_its_reason_by_mail_and_in_front() -> None:
    cast = settle()
    decided(cast, admit=False, reason="先读几个月。")
    until_settled()
    connect.tell_of_deeds(now=timezone.now())
    soon = timezone.now() + timedelta(hours=1)
    with transaction.atomic():
        [told] = connect.mail_out(community=cast.home, person=cast.stranger, now=soon, home="Asia/Shanghai")
    letter = notice_mail.written(cast.home, cast.stranger, [told], [], is_digest=False)
    assert "先读几个月。" in letter.text
    assert "先读几个月。" in letter.html
    assert notice_words.leads_to(cast.home, told) == "/c/shanye/join"
    client = signed_in(cast.stranger)
    assert "先读几个月。" in client.get("/").content.decode()
    assert "先读几个月。" in client.get("/c/shanye/join").content.decode()


@pytest.mark.usefixtures("committed")
def test_who_is_admitted_finds_the_words_under_the_bell() -> None:
    cast = settle()
    decided(cast, admit=True, reason="欢迎，米缸见。")
    until_settled()
    connect.tell_of_deeds(now=timezone.now())
    assert "欢迎，米缸见。" in signed_in(cast.stranger).get("/c/shanye/notices").content.decode()
