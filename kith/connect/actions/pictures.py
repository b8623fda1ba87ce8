"""Keeping pictures: whatever comes is decoded, stripped, made small and written anew; the original is never kept."""

import hashlib
import re
import uuid
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
from kith.gather import api as gather
from kith.lib.errors import NotFound
from kith.people.api import Community, Person

MEGABYTES = 10
MEGAPIXELS = 40
SIDE_PIXELS = 1600
DIGEST = re.compile("[0-9a-f]{64}")
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class Readable(Protocol):
    """What an upload offers."""

    def read(self, n: int, /) -> bytes: ...


def picture_path(community_id: int, digest: str) -> Path:
    """Return where a picture lies below the media folder.

    Raises:
        NotFound: such a digest no picture has; the way would lead elsewhere.

    """
    if not DIGEST.fullmatch(digest):
        raise NotFound
    return Path(settings.MEDIA_ROOT) / str(community_id) / digest[:2] / f"{digest}.webp"


def keep_picture(*, community: Community, by: Person, file: Readable, size: int, now: datetime) -> Picture:
    """Keep an uploaded image as WebP of at most 1600 pixels a side, without its metadata (place, camera).

    Raises:
        MembersOnly: a stranger uploads.
        ImageTooLarge: over 10 MB, or over 40 megapixels once unpacked.
        NotAnImage: not a PNG, JPEG, GIF or WebP.
        TierTooLow: pictures begin with a higher tier.

    """
    gather.checked_right(community, checked_place(community, by), "picture")
    limit = MEGABYTES * 1_000_000
    # The size is what was announced; more may come.
    if size > limit or len(given := file.read(limit + 1)) > limit:
        raise ImageTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    data, width, height = _encoded(decoded(given))
    digest = hashlib.sha256(data).hexdigest()
    path = picture_path(community.pk, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{uuid.uuid4().hex}")
    fresh.write_bytes(data)
    fresh.replace(path)  # whole or not at all, whoever reads it or dies meanwhile
    Image.objects.get_or_create(
        community=community, digest=digest, defaults={"by": by, "width": width, "height": height, "at": now}
    )
    return Picture(digest, str(path.relative_to(settings.MEDIA_ROOT)), width, height)


def decoded(data: bytes) -> Pillow.Image:
    """Return an upload as a picture, upright.

    Raises:
        NotAnImage, ImageTooLarge: as they say.

    """
    too_large = ImageTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    try:
        image = Pillow.open(BytesIO(data), formats=FORMATS)  # reads the head only
        if image.width * image.height > MEGAPIXELS * 1_000_000:
            raise too_large
        image.load()
        return ImageOps.exif_transpose(image)
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError):
        raise too_large from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):  # what Pillow raises for broken files
        raise NotAnImage from None


def _encoded(image: Pillow.Image) -> tuple[bytes, int, int]:
    image.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
    kept = image.convert("RGBA" if image.has_transparency_data else "RGB")
    out = BytesIO()
    kept.save(out, "WEBP", quality=82, method=4, exif=b"", xmp=b"")
    return out.getvalue(), kept.width, kept.height
