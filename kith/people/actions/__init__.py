"""Writes on people. Processes (applying, inviting, claiming) are gather's; these only change where people stand."""

from kith.people.actions.deeds import (
    drop_deeds,
    note_deed,
    note_deeds,
)
from kith.people.actions.describing import (
    describe,
    undescribe,
)
from kith.people.actions.erasing import (
    erase_person,
)
from kith.people.actions.granting import (
    cut_grant,
    grant,
)
from kith.people.actions.imported import (
    antedate,
    bring_people,
    merge_person,
    rejoin,
)
from kith.people.actions.places import (
    add_member,
    amend,
    amend_person,
    change_role,
    choose_sight,
    decline,
    drop_members,
    found,
    make_person,
    mark_bot,
    remove_members,
    tune,
    write_values,
)
from kith.people.actions.ranks import (
    amend_chapter,
    choose_chapter,
    close_chapter,
    open_chapter,
    place_in_chapters,
    set_tiers,
    write_tiers,
)
from kith.people.actions.running import (
    give_role,
    hold_dear,
    set_up,
)

__all__ = [
    "add_member", "amend", "amend_chapter", "amend_person", "antedate", "bring_people", "change_role", "choose_chapter", "choose_sight",
    "close_chapter", "cut_grant", "decline", "describe", "drop_deeds", "drop_members", "erase_person", "found", "give_role", "grant",
    "hold_dear", "make_person", "mark_bot", "merge_person", "note_deed", "note_deeds", "open_chapter", "place_in_chapters", "rejoin",
    "remove_members", "set_tiers", "set_up", "tune", "undescribe", "write_tiers", "write_values",
]  # fmt: skip
