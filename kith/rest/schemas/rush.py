"""The order lane: passes, and the line of those who wait."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Turn(Schema):
    """Somebody's place in the line of a launch."""

    number: int = Field(description="By the order of arrival; 0: none was given.")
    ahead: int = Field(description="How many are let in before.")
    must_wait: bool = Field(description="Whether your turn has still to come.")


class LanePass(Turn):
    """What orders by the lane, and when."""

    order_pass: str = Field(description="For the header `Authorization: Pass …`.")
    address: str = Field(description="Where orders are sent by POST.", examples=["/rush/shanye/autumn"])
    expires_at: datetime
