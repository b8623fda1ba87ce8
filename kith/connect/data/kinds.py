"""Kinds of post."""

from kith.lib.errors import Refusal

# What is said by a text alone, and what has a table and a form of its own: a module per kind in actions, queries and models.
PLAIN = ("talk", "ask", "viewpoint")
KINDS = (*PLAIN, "idea", "announcement", "event", "chain", "checkin")


class UnknownKindOfPost(Refusal):
    sentence = "There is no kind of post called “%(kind)s”."


class NeedsItsForm(Refusal):
    sentence = "A post of this kind is more than a text: use its own form."
