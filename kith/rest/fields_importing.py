"""What may be sent about imports."""

from typing import Annotated

from ninja import Form
from pydantic import Field

from kith.bring.api import CHANNELS_SHOWN, FORMATS
from kith.rest.fields import NO_NUL, Sent, line

FORMAT_LIMIT = 20
Format = Annotated[
    str,
    Form(
        min_length=1,
        max_length=FORMAT_LIMIT,
        pattern=NO_NUL,
        description=f"What it is: {', '.join(FORMATS)}.",
        examples=["members"],
    ),
]
Name = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


class NewImport(Sent):
    """A file that was uploaded, and how to read it."""

    file: Annotated[
        str, line(260, least=1, about="`file` of the upload.", example="0f1e2d3c4b5a69788796a5b4-people.csv")
    ]
    format: Annotated[str, line(FORMAT_LIMIT, least=1, about=f"One of: {', '.join(FORMATS)}.", example="members")]
    origin: Annotated[
        str, line(30, about="Whose identifiers these are; files of one origin speak of the same people.")
    ] = ""
    spoke_next: Annotated[bool, Field(description="Take it as a weak tie that somebody spoke right after another.")] = (
        False
    )
    columns: Annotated[
        dict[str, Name],
        Field(max_length=20, description="Of a table of people: which column is which; “” for none.", examples=[{}]),
    ] = {}  # noqa: RUF012 -- pydantic copies it
    channels: Annotated[
        list[Name], Field(max_length=CHANNELS_SHOWN, description="Only these; empty for all.", examples=[[]])
    ] = []  # noqa: RUF012 -- pydantic copies it
