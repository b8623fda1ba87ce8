"""Lived values on the pages: said from the text, read in the report."""

from django.utils import timezone

from kith.connect import api as connect
from tests.conftest import Cast, signed_in


def test_a_text_is_tagged_from_its_menu_and_stands_in_the_report(cast: Cast) -> None:
    post = connect.post(community=cast.home, text="今天称少了，补给大家。", by=cast.member, now=timezone.now()).id
    writer, reader = signed_in(cast.member), signed_in(cast.other)
    for client in (writer, reader):
        client.cookies["lang"] = "en"
    address = f"/c/shanye/p/{post}/values"
    assert address in writer.get(f"/c/shanye/p/{post}").content.decode()
    assert address not in reader.get(f"/c/shanye/p/{post}").content.decode()
    assert reader.post(address, {"word": "真"}).status_code == 403
    assert writer.post(address, {"word": "真"}).status_code == 302
    assert "Said; take it back" in writer.get(address).content.decode()
    report = reader.get("/c/shanye/values").content.decode()
    for words in ("1 person", "今天称少了", "in 1 text"):
        assert words in report
    assert reader.get("/c/shanye/values?since=x").status_code == 422
    writer.post(address, {"word": "真", "on": "0"})
    assert "Nobody said it of a text" in reader.get("/c/shanye/values").content.decode()
