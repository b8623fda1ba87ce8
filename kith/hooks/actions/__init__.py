"""Writes of hooks."""

from kith.hooks.actions.keeping import change, change_secret, make, remove, send_again, try_out
from kith.hooks.actions.sending import send
from kith.hooks.actions.spreading import spread, sweep

__all__ = ["change", "change_secret", "make", "remove", "send", "send_again", "spread", "sweep", "try_out"]
