"""Writes of share."""

from kith.share.actions.dropping import drop_shares
from kith.share.actions.promising import adjust, expect, promise, release
from kith.share.actions.ruling import sign_second_tier, write_rule

__all__ = ["adjust", "drop_shares", "expect", "promise", "release", "sign_second_tier", "write_rule"]
