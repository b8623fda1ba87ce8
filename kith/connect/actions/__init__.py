"""Writes of connect."""

from kith.connect.actions.announcing import announce, announcement_for, pin, set_groups, tick_copy
from kith.connect.actions.bulk import bring_lines, remove_lines
from kith.connect.actions.columns import (
    set_free,
    set_gate,
)
from kith.connect.actions.credit import bring_answers, bring_thanks, brought_ids
from kith.connect.actions.drafts import drop_draft, save_draft
from kith.connect.actions.moving import drop_texts, open_space, take_over
from kith.connect.actions.news import CHANNEL, sweep_news
from kith.connect.actions.pictures import keep_picture, picture_path
from kith.connect.actions.saying import delete, edit, media_address, post, reply
from kith.connect.actions.spaces import amend_space, archive_space, make_space, order_spaces
from kith.connect.actions.thanking import accept, thank, unthank

__all__ = [
    "CHANNEL", "accept", "amend_space", "announce", "announcement_for", "archive_space", "bring_answers", "bring_lines", "bring_thanks",
    "brought_ids", "delete", "drop_draft", "drop_texts", "edit", "keep_picture", "make_space", "media_address", "open_space",
    "order_spaces", "picture_path", "pin", "post", "remove_lines", "reply", "save_draft", "set_free", "set_gate", "set_groups",
    "sweep_news", "take_over", "thank", "tick_copy", "unthank",
]  # fmt: skip
