"""Writes of see."""

from kith.see.actions.picturing import look, outdate, refresh, refresh_all

__all__ = ["look", "outdate", "refresh", "refresh_all"]
