"""Pictures of codes, as a telephone would send them."""

from io import BytesIO

import segno
import zxingcpp
from PIL import Image


def picture_of_code(says: str = "https://weixin.qq.com/g/AwYAAMmR1") -> BytesIO:
    """Return a screen with a code in its middle, as JPEG."""
    made = BytesIO()
    segno.make(says, error="m").save(made, kind="png", scale=7, border=4)
    screen = Image.new("RGB", (720, 1280), "#dddddd")
    made.seek(0)
    screen.paste(Image.open(made).convert("RGB"), (180, 400))
    out = BytesIO()
    screen.save(out, "JPEG")
    out.seek(0)
    return out


def plain_picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (300, 300), "green").save(out, "PNG")
    out.seek(0)
    return out


def said(picture: bytes) -> str:
    """Return what the code in a picture says."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)
