"""Keeping pictures: whatever comes is decoded, stripped, made small and written anew; the original is never kept."""

import hashlib
import warnings
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Protocol

from django.conf import settings
from PIL import Image as Pillow
from PIL import ImageOps

from kith.connect.actions.saying import checked_place
from kith.connect.data import ImageTooLarge, NotAnImage, Picture
from kith.connect.models import Image
from kith.people.api import Community, Person

MEGABYTES = 10
MEGAPIXELS = 40
SIDE_PIXELS = 1600
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class Readable(Protocol):
    """What an upload offers."""

    def read(self, n: int, /) -> bytes: ...


def picture_path(community_id: int, digest: str) -> Path:
    """Return where a picture lies below the media folder."""
    return Path(settings.MEDIA_ROOT) / str(community_id) / digest[:2] / f"{digest}.webp"


def keep_picture(*, community: Community, by: Person, file: Readable, size: int, now: datetime) -> Picture:
    """Keep an uploaded image as WebP of at most 1600 pixels a side, without its metadata (place, camera).

    Raises:
        MembersOnly: a stranger uploads.
        ImageTooLarge: over 10 MB, or over 40 megapixels once unpacked.
        NotAnImage: not a PNG, JPEG, GIF or WebP.

    """
    checked_place(community, by)
    if size > MEGABYTES * 1_000_000:
        raise ImageTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    data, width, height = _encoded(_decoded(file.read(MEGABYTES * 1_000_000 + 1)))
    digest = hashlib.sha256(data).hexdigest()
    path = picture_path(community.pk, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    Image.objects.get_or_create(
        community=community, digest=digest, defaults={"by": by, "width": width, "height": height, "at": now}
    )
    return Picture(digest, str(path.relative_to(settings.MEDIA_ROOT)), width, height)


def _decoded(data: bytes) -> Pillow.Image:
    too_large = ImageTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            image = Pillow.open(BytesIO(data), formats=FORMATS)
            if image.width * image.height > MEGAPIXELS * 1_000_000:
                raise too_large
            image.load()
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError):
        raise too_large from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):  # what Pillow raises for broken files
        raise NotAnImage from None
    return ImageOps.exif_transpose(image)


def _encoded(image: Pillow.Image) -> tuple[bytes, int, int]:
    image.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
    kept = image.convert("RGBA" if image.has_transparency_data else "RGB")
    out = BytesIO()
    kept.save(out, "WEBP", quality=82, method=4)
    return out.getvalue(), kept.width, kept.height
