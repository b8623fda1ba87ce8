"""The daily report as a page, a text and a long picture."""

from datetime import timedelta
from io import BytesIO

from django.test import Client
from django.utils import timezone
from PIL import Image

from kith.connect import api as connect
from kith.people.api import Community
from tests.conftest import Cast, signed_in
from tests.connect.test_daily import talked


def told(cast: Cast) -> str:
    """Have people talk yesterday, by the clock the pages read; return the address of that day."""
    then = timezone.now() - timedelta(days=1)
    talked(cast, then)
    return f"/c/shanye/daily/{connect.day_of(then)}"


def test_a_member_reads_it_and_copies_it(cast: Cast) -> None:
    page, member = told(cast), signed_in(cast.member)
    assert member.get(page).content.decode().count("阳台堆肥怎么不臭") == 2  # the topic, and the text to paste
    assert member.get("/c/shanye/daily").headers["Location"] == page
    text = member.get(f"{page}/text")
    assert text.content.decode().startswith("【山野社")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_long_picture_is_a_png_of_its_own_height(cast: Cast) -> None:
    answer = signed_in(cast.member).get(f"{told(cast)}/picture.png")
    picture = Image.open(BytesIO(answer.content))
    assert (picture.format, picture.width, picture.height > 1200) == ("PNG", 1080, True)
    assert len(answer.content) < 2_000_000


def test_the_boundary_decides_who_reads_it(cast: Cast) -> None:
    page = told(cast)
    assert Client().get(page).status_code == 404
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    assert Client().get(page).status_code == 200
    assert Client().get("/c/shanye/daily/2026-13-01").status_code == 404
    assert Client().get("/c/shanye/daily/2999-01-01").status_code == 404
