"""Pours the story into the database, through the doors of the parts, as if it had been lived here."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from kith.connect import api as connect
from kith.demo import space
from kith.demo.daily_life import live_daily
from kith.demo.data import SHOWN, Accepted, DemoAddressTaken, Posted, Poured, Replied, Story, Thanked
from kith.demo.data import Person as Invented
from kith.demo.gathering import gather_round
from kith.demo.launching import Promoters, open_launch
from kith.demo.selling import sell_more
from kith.demo.story import SEED, story
from kith.demo.together import make_and_meet
from kith.energy import api as energy
from kith.gather import api as gather
from kith.launch import api as launch
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, Person
from kith.see import api as see

ORIGIN = "demo"
CALLED = re.compile(r"@([\w-]+)")
MARKDOWN = re.compile(r"\*\*|^\d\. ", re.MULTILINE)
# Threads of the last days are what people read first: they get links on names and the like.
RENDERED = timedelta(days=6)
Step = Callable[[int], None]


def existing() -> Community | None:
    """Return the demo community, if there is one.

    Raises:
        DemoAddressTaken: a real community lives at its address.

    """
    try:
        found = people.community(space.SLUG)
    except NotFound:
        return None
    if not found.is_demo:
        raise DemoAddressTaken(slug=space.SLUG)
    return found


def pour(*, now: datetime, seed: int = SEED, step: Step = lambda _: None) -> Poured:
    """Make the demo unless it exists, in one transaction; `step` counts the people and events done.

    Raises:
        DemoAddressTaken: a real community lives at its address.

    """
    begun = monotonic()
    if found := existing():
        return _counted(found, made=False, begun=begun)
    with transaction.atomic():
        made = _Pouring(story(now, seed), step).community
        _look(made, now)
    return _counted(made, made=True, begun=begun)


def _look(community: Community, now: datetime) -> None:
    """Read the book as a night would, so that who runs the place finds what there is to do."""
    see.refresh(community=community, now=now)
    connect.tell_promises(community=community, now=now)
    launch.tell_promises(community=community, now=now)
    see.make_report(community=community, now=now)
    see.propose_introductions(community=community, now=now)
    see.propose_errands(community=community, now=now)


def _counted(community: Community, *, made: bool, begun: float) -> Poured:
    acts, texts = energy.totals(community)["acts"], connect.count(community)
    seconds = round(monotonic() - begun, 1)
    return Poured(community.slug, made, people.count(community), texts, acts, seconds)


class _Pouring:
    """One pouring: `persons` are the people made, by key, `ids` the posts and replies, by key."""

    def __init__(self, told: Story, step: Step) -> None:
        self.told = told
        self.step = step
        self.persons: dict[str, Person] = {}
        self.handles: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        self.texts = [e for e in told.events if isinstance(e, (Posted, Replied))]
        self.community = self._found()
        self._say()
        self._credit()
        self._knock()
        self._live()
        self._launch()
        gather_round(self.community, told.people, self.persons, told.now)
        self._meet()

    def _found(self) -> Community:
        """Found the community by another's hand: founding gives a place without city and headline, and all get theirs alike."""
        founder, hand = self.told.people[0], people.make_person(name=self.told.people[1].name)
        made = people.found(
            name=space.NAME, slug=space.SLUG, pursuit=space.PURSUIT, by=hand, now=founder.joined_at,
            values=space.VALUES, rules_text=space.RULES, visible_to="public", entered_by="application",
            questions=space.QUESTIONS, is_demo=True,
        )  # fmt: skip
        self.persons[self.told.people[1].key] = hand
        self._settle(made, founder)
        people.remove_members(community=made, person_ids=[hand.pk])
        for p in self.told.people[1:]:
            self._settle(made, p)
        return made

    def _settle(self, community: Community, p: Invented) -> None:
        person = self.persons[p.key] = self.persons.get(p.key) or people.make_person(name=p.name)
        place = people.add_member(
            community=community, person=person, now=p.joined_at, role=p.role, chapter=p.city, headline=p.headline
        )
        self.handles[place.handle] = person.pk
        self.step(1)

    def _say(self) -> None:
        """Say everything: most in bulk as plain text, what needs markdown or is read first by the doors that render."""
        since = self.told.now - RENDERED
        fine = {e.key for e in self.texts if isinstance(e, Posted) and (e.at > since or MARKDOWN.search(e.text))}
        for name in sorted({e.space for e in self.texts if isinstance(e, Posted) and e.space}):
            connect.open_space(community=self.community, name=name)
        plain = [e for e in self.texts if _thread(e) not in fine]
        with energy.staging():
            connect.bring_lines(community=self.community, lines=map(self._line, plain), origin=ORIGIN)
            energy.append_staged(community=self.community)
        self.ids |= connect.brought_ids(community=self.community, origin=ORIGIN)
        self.step(len(plain))
        for e in self.texts:
            if _thread(e) in fine:
                self.ids[e.key] = self._said(e)
                self.step(1)

    def _line(self, e: Posted | Replied) -> connect.Line:
        mentions = tuple(self.handles[m] for m in CALLED.findall(e.text) if m in self.handles)
        author = self.persons[e.author].pk
        if isinstance(e, Posted):
            return connect.Line(e.key, author, e.text, e.at, space=e.space, kind=e.kind, mentions=mentions)
        return connect.Line(e.key, author, e.text, e.at, to_key=e.quotes or e.post, mentions=mentions)

    def _said(self, e: Posted | Replied) -> int:
        by = self.persons[e.author]
        if isinstance(e, Posted):
            said = connect.post(community=self.community, text=e.text, by=by, now=e.at, kind=e.kind, space=e.space)
        else:
            said = connect.reply(
                community=self.community, to=self.ids[e.quotes or e.post], text=e.text, by=by, now=e.at
            )
        return said.id

    def _credit(self) -> None:
        """Thank and accept in bulk."""
        authors = {e.key: self.persons[e.author].pk for e in self.texts}
        thanks = [e for e in self.told.events if isinstance(e, Thanked)]
        connect.bring_thanks(
            community=self.community,
            thanks=[
                connect.BroughtThanks(self.ids[e.post], authors[e.post], self.persons[e.by].pk, e.why, e.at)
                for e in thanks
            ],
        )
        accepted = [e for e in self.told.events if isinstance(e, Accepted)]
        connect.bring_answers(
            community=self.community,
            answers=[
                connect.BroughtAnswer(self.ids[e.post], authors[e.post], self.ids[e.reply], authors[e.reply], e.at)
                for e in accepted
            ],
        )
        self.step(len(thanks) + len(accepted))

    def _knock(self) -> None:
        """Let two people wait at the door, so that whoever runs the place has something to decide."""
        for number, (name, answers) in enumerate(space.WAITING, start=1):
            at = self.told.now - timedelta(hours=7 * number)
            gather.apply(community=self.community, person=people.make_person(name=name), answers=answers, now=at)

    def _staying(self) -> list[Person]:
        return [self.persons[p.key] for p in self.told.people[1:] if p.quiet_at > self.told.now]

    def _live(self) -> None:
        """Start a chain and a challenge that others take part in."""
        others = [self.persons[p.key] for p in self.told.people[1:40] if p.quiet_at > self.told.now and p.key != "tang"]
        live_daily(self.community, self.persons["tang"], others, self.told.now)

    def _meet(self) -> None:
        """Let ideas be proposed and events be held, after the launch has chosen by the network whom it is handed to."""
        make_and_meet(self.community, self.persons[self.told.people[0].key], self._staying()[5:40], self.told.now)

    def _launch(self) -> None:
        """Open a launch by the founder's hand; those who came first buy first."""
        buyers = self._staying()
        promoters = Promoters(first=self.persons["tang"], waiting=self.persons["zhao"])
        founder = self.persons[self.told.people[0].key]
        open_launch(self.community, founder, buyers, promoters, self.told.now)
        # Nobody a visitor may be: they find the column closed, and buy what opens it.
        others = [b for b in reversed(buyers) if b not in {self.persons[key] for key in SHOWN}]
        sell_more(self.community, founder, promoters.first, others, self.told.now)


def _thread(e: Posted | Replied) -> str:
    return e.post if isinstance(e, Replied) else e.key
