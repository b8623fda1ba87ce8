"""Writes of the value book."""

from kith.ledger.actions.accounts import close_account, make_asset, open_account
from kith.ledger.actions.keeping import drop_book, keep_all_checkpoints, keep_checkpoints, seal, seal_all, watermark
from kith.ledger.actions.posting import post, post_many, reverse

__all__ = [
    "close_account", "drop_book", "keep_all_checkpoints", "keep_checkpoints", "make_asset", "open_account", "post", "post_many", "reverse",
    "seal", "seal_all", "watermark",
]  # fmt: skip
