"""The door of people. The only door that hands out models: others point foreign keys at them."""

from kith.people.actions import (
    add_member,
    amend,
    amend_person,
    bring_people,
    change_role,
    drop_members,
    found,
    make_person,
    merge_person,
    rejoin,
    remove_members,
    write_values,
)
from kith.people.data import (
    ENTERED_BY,
    ROLES,
    VISIBLE_TO,
    AlreadyMember,
    BadLink,
    BadSlug,
    CannotMerge,
    LastFounder,
    NoName,
    NoPursuit,
    NotADemo,
    NotAMember,
    SlugTaken,
    Standing,
    UnknownBoundary,
    UnknownRole,
)
from kith.people.models import Chapter, Community, Membership, Person, Tier, Value
from kith.people.queries import (
    by_handles,
    checked_sight,
    communities_of,
    community,
    count,
    every_community,
    member,
    members,
    public_communities,
    standing,
    standings,
)
from kith.people.rules import checked_name, checked_pursuit, checked_slug, may_run, may_see

__all__ = [
    "ENTERED_BY", "ROLES", "VISIBLE_TO", "AlreadyMember", "BadLink", "BadSlug", "CannotMerge", "Chapter", "Community",
    "LastFounder", "Membership", "NoName", "NoPursuit", "NotADemo", "NotAMember", "Person", "SlugTaken", "Standing",
    "Tier", "UnknownBoundary", "UnknownRole", "Value", "add_member", "amend", "amend_person", "bring_people", "by_handles", "change_role", "checked_name", "checked_pursuit",
    "checked_sight", "checked_slug", "communities_of", "community", "count", "drop_members", "every_community", "found", "make_person", "may_run", "may_see",
    "member", "members", "merge_person", "public_communities", "rejoin", "remove_members", "standing", "standings",
    "write_values",
]  # fmt: skip
