"""Pictures are decoded and written anew: nothing of the file that came is kept."""

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image as Pillow

from kith.connect import api as connect
from kith.connect.api import ImageTooLarge, MembersOnly, NotAnImage, Picture
from kith.connect.models import Image
from kith.lib.errors import NotFound
from kith.people.api import Person
from tests.conftest import NOW, Cast

GPS = 0x8825
PLACE = "30N-104E-here-I-live"


@pytest.fixture(autouse=True)
def _own_folder(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]  # pytest-django's settings


def keep(cast: Cast, data: bytes, size: int | None = None, by: Person | None = None) -> Picture:
    return connect.keep_picture(
        community=cast.home, by=by or cast.member, file=BytesIO(data), size=len(data) if size is None else size, now=NOW
    )


def drawn(form: str, mode: str = "RGB", width: int = 40, height: int = 30, **more: Any) -> bytes:
    out = BytesIO()
    image = Pillow.linear_gradient("L").resize((width, height)).convert(mode)
    image.save(out, form, **more)
    return out.getvalue()


def with_place(form: str) -> bytes:
    exif = Pillow.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6  # taken on its side
    exif[GPS] = {1: "N", 2: (30.0, 39.0, 1.0), 3: "E", 4: (104.0, 4.0, 1.0)}
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><place>{PLACE}</place></x:xmpmeta>".encode()
    return drawn(form, exif=exif, xmp=xmp) if form in {"JPEG", "WEBP"} else drawn(form, exif=exif)


def file_of(kept: Picture) -> Path:
    return Path(settings.MEDIA_ROOT) / kept.path


FORMS = [
    ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16"), ("JPEG", "RGB"), ("JPEG", "L"),
    ("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGB"), ("WEBP", "RGBA"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "mode"), FORMS)
def test_every_form_becomes_webp_under_its_digest(cast: Cast, form: str, mode: str) -> None:
    kept = keep(cast, drawn(form, mode))
    assert (kept.width, kept.height) == (40, 30)
    path = file_of(kept)
    assert path == connect.picture_path(cast.home.pk, kept.digest)
    assert path.name == f"{kept.digest}.webp"
    with Pillow.open(path) as image:
        assert (image.format, image.size) == ("WEBP", (40, 30))
    assert connect.has_image(cast.home, kept.digest)
    assert not connect.has_image(cast.rival, kept.digest)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_the_picture_stands_upright(cast: Cast, form: str) -> None:
    data = with_place(form)
    assert PLACE.encode() in data
    kept = keep(cast, data)
    stored = file_of(kept).read_bytes()
    assert (kept.width, kept.height) == (30, 40)
    for trace in (PLACE.encode(), b"EXIF", b"Exif", b"XMP ", b"xmpmeta"):
        assert trace not in stored
    with Pillow.open(BytesIO(stored)) as image:
        assert dict(image.getexif()) == {}


def test_a_moving_picture_stands_still(cast: Cast) -> None:
    frames = [Pillow.new("P", (10, 10), n) for n in range(5)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Pillow.open(file_of(keep(cast, out.getvalue()))) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_transparency_stays(cast: Cast) -> None:
    out = BytesIO()
    Pillow.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    with Pillow.open(file_of(keep(cast, out.getvalue()))) as image:
        assert image.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_large_picture_is_made_small(cast: Cast) -> None:
    kept = keep(cast, drawn("PNG", "L", 4000, 1000))
    assert (kept.width, kept.height) == (1600, 400)


def test_the_same_picture_is_kept_once(cast: Cast) -> None:
    assert keep(cast, drawn("PNG")) == keep(cast, drawn("PNG"), by=cast.other)
    assert Image.objects.count() == 1
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.*"))) == 1


def test_fifty_megabytes_are_refused_unread(cast: Cast) -> None:
    file = BytesIO(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    with pytest.raises(ImageTooLarge) as refused:
        connect.keep_picture(community=cast.home, by=cast.member, file=file, size=50_000_000, now=NOW)
    assert (refused.value.status, file.tell()) == (413, 0)
    assert str(refused.value) == "This image is too large: at most 10 MB and 40 megapixels."


def test_more_than_was_announced_is_refused(cast: Cast) -> None:
    padded = drawn("PNG") + b"x" * 10_000_001
    with pytest.raises(ImageTooLarge):
        keep(cast, padded, size=100)
    assert Image.objects.count() == 0


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that unpacks to many."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * min((width // 8 + 1) * height, 20_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(6400, 6400), (9500, 9500), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_unpacks(cast: Cast, width: int, height: int) -> None:
    data = bomb(width, height)
    assert len(data) < 1_000_000
    with pytest.raises(ImageTooLarge):
        keep(cast, data)
    assert not Path(settings.MEDIA_ROOT).exists()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
DISGUISED = {
    "nothing": b"",
    "words": b"just words",
    "svg": SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "html after a png head": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "html after a gif head": b"GIF89a/*<script>*/=1;alert(1)//</script>",
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "zip": b"PK\x03\x04" + bytes(60),
    "bmp": drawn("BMP"),
    "tiff": drawn("TIFF"),
    "ico": drawn("ICO"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) run\n",
    "a cut png": drawn("PNG")[:60],
    "half a jpeg": drawn("JPEG", "RGB", 400, 300)[:900],
    "half a gif": drawn("GIF", "P", 200, 200)[:700],
    "half a webp": drawn("WEBP", "RGB", 200, 200)[:100],
}


@pytest.mark.parametrize("name", DISGUISED)
def test_what_is_no_picture_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(NotAnImage) as refused:
        keep(cast, DISGUISED[name])
    assert refused.value.status == 415
    assert Image.objects.count() == 0
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_script_hidden_in_a_picture_does_not_survive(cast: Cast) -> None:
    kept = keep(cast, drawn("GIF", "P") + b"<script>alert(1)</script>")
    assert b"<script" not in file_of(kept).read_bytes()


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_no_broken_file_ends_in_a_fault(cast: Cast) -> None:
    rng = random.Random(5)
    seeds = [
        with_place("JPEG"),
        with_place("PNG"),
        with_place("WEBP"),
        drawn("GIF", "P"),
        drawn("JPEG", "CMYK"),
        drawn("PNG", "I;16"),
    ]
    outcomes = {"kept": 0, "refused": 0}
    for _ in range(300):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.choice([1, 2, 8])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.2:
            del data[rng.randrange(len(data)) :]
        try:
            keep(cast, bytes(data))
            outcomes["kept"] += 1
        except (NotAnImage, ImageTooLarge):
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 20


@pytest.mark.parametrize(
    "digest", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "/", "a" * 64 + "\n", "/" * 64]
)
def test_the_way_of_a_picture_stays_inside_the_media_folder(cast: Cast, digest: str) -> None:
    with pytest.raises(NotFound):
        connect.picture_path(cast.home.pk, digest)
    assert not connect.has_image(cast.home, digest)


def test_a_stranger_uploads_nothing(cast: Cast) -> None:
    with pytest.raises(MembersOnly):
        keep(cast, drawn("PNG"), by=cast.enemy)
    assert Image.objects.count() == 0
