"""The door of hooks."""

from kith.hooks.actions import change, change_secret, make, remove, send, send_again, spread, sweep, try_out
from kith.hooks.data import (
    ADDRESS_LIMIT,
    WANTS_LIMIT,
    BadHookAddress,
    BadWants,
    DeliveryValue,
    HookValue,
    MadeHook,
    NoSuchDelivery,
    NoSuchHook,
    TooManyHooks,
)
from kith.hooks.queries import deliveries, hook, hooks
from kith.lib.outward import InnerAddress

__all__ = [
    "ADDRESS_LIMIT",
    "WANTS_LIMIT",
    "BadHookAddress",
    "BadWants",
    "DeliveryValue",
    "HookValue",
    "InnerAddress",
    "MadeHook",
    "NoSuchDelivery",
    "NoSuchHook",
    "TooManyHooks",
    "change",
    "change_secret",
    "deliveries",
    "hook",
    "hooks",
    "make",
    "remove",
    "send",
    "send_again",
    "spread",
    "sweep",
    "try_out",
]
