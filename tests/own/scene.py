"""苏杭 lived here: said things, was thanked, wrote in private, ordered, kept what is theirs alone."""

from io import BytesIO
from typing import Any

from PIL import Image

from kith.connect import api as connect
from kith.people.api import Person, Standing, standing
from tests.conftest import NOW, Cast
from tests.launch.shop import buy, opened


def picture(cast: Cast, by: Person) -> str:
    """Upload a picture, and return its digest."""
    file = BytesIO()
    Image.new("RGB", (8, 8), (by.pk % 255, 80, 60)).save(file, "PNG")
    made = connect.keep_picture(
        community=cast.home, by=by, file=BytesIO(file.getvalue()), size=len(file.getvalue()), now=NOW
    )
    return made.digest


def place(cast: Cast, person: Person) -> Standing:
    found = standing(cast.home, person)
    assert found
    return found


def lived(cast: Cast, settings: Any, tmp_path: Any) -> dict[str, Any]:
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "media", tmp_path
    home, me, other = cast.home, cast.member, cast.other
    digest = picture(cast, me)
    ask = connect.post(
        community=home,
        text=f"谁有蓝染的布？ ![]({connect.media_address(home)}{digest}.webp)",
        kind="ask",
        by=me,
        now=NOW,
    )
    theirs = connect.post(community=home, text="雨停了 @苏杭", by=other, now=NOW)
    reply = connect.reply(community=home, to=theirs.id, text="我这边还下", by=me, now=NOW)
    connect.reply(community=home, to=ask.id, text="我有", by=other, now=NOW)
    connect.thank(community=home, post_id=theirs.id, by=me, why="有心", now=NOW)
    connect.thank(community=home, post_id=ask.id, by=other, why="问得好", now=NOW)
    connect.send_message(community=home, to=place(cast, other), text="私下问你一句", by=me, now=NOW)
    connect.send_message(community=home, to=place(cast, me), text="你说", by=other, now=NOW)
    connect.save_draft(community=home, by=me, place="new", text="没写完", now=NOW)
    connect.keep(community=home, post_id=theirs.id, by=me, now=NOW)
    opened(cast)
    return {"ask": ask.id, "theirs": theirs.id, "reply": reply.id, "order": buy(cast).no, "digest": digest}
