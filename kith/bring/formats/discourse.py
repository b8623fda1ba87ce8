"""A Discourse forum: the dump of a backup (plain, gzipped, or the backup itself), or JSON its API gave, one file or many.

It is gone through twice: once for people, categories and topics, which stand behind the posts, once to tell. What is
known of every topic and post stands on the disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kith.bring.data import ActLine, BadLine, Item, MemberLine, MessageLine, NotAnExport
from kith.bring.formats.source.discourse_rows import CATEGORY, LIKE, POST, TOPIC, USER, Row, is_dump, told
from kith.bring.formats.source.discourse_words import Quote, calls, quotes, text_of
from kith.bring.formats.source.entries import Skipped, member, reaction, word
from kith.bring.formats.source.shelf import Shelf
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, clean_label, digest, shown_text

SAID, WHISPER = {"", "1"}, "4"
# The type of a post action that is a like; rows of the plugin for reactions have none.
LIKES = {"", "2"}
PRIVATE, GONE = "private_skipped", "deleted_skipped"
RAW_LIMIT = 128_000
PART = "\x1f"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a post must know of its topic; `left_out`: the note under which its posts are left out, or nothing."""

    left_out: str
    channel: str
    title: str


@dataclass
class Forum:
    """What the first pass learns; `usernames`: ids by what stands after @."""

    shelf: Shelf
    is_dump: bool
    names: dict[str, str] = field(default_factory=dict)
    usernames: dict[str, str] = field(default_factory=dict)
    categories: dict[str, tuple[str, bool]] = field(default_factory=dict)
    skipped: Skipped = field(default_factory=Skipped)
    posts: int = 0

    def topic(self, topic_id: str) -> Topic:
        """Return what is known of a topic. A dump names all that are there, answers of the API need not."""
        known = self.shelf.get(f"topic:{topic_id}")
        if not known:
            return Topic(GONE if self.is_dump else "", "", "")
        left_out, category, title = known.split(PART)
        name, is_restricted = self.categories.get(category, ("", False))
        return Topic(left_out or (PRIVATE if is_restricted else ""), name, title)


def read(path: Path) -> Iterator[Item]:
    """Yield the roster, then posts, quotations and likes; line numbers are those of the dump, or count within a file."""
    dump = is_dump(path)
    with Shelf() as shelf:
        forum = Forum(shelf, dump)
        yield from _learn(path, forum)
        if not forum.posts and not forum.names:
            raise NotAnExport(name=path.name, system="Discourse")
        for kind, number, name, row in told(path, dump=dump):
            if isinstance(row, str):
                yield BadLine(number, row, name)
            elif kind == POST:
                for item in _post(number, row, forum):
                    yield BadLine(number, item, name) if isinstance(item, str) else item
            elif kind == LIKE:
                yield from _like(number, row, forum)
    yield from forum.skipped.notes()


def _learn(path: Path, forum: Forum) -> Iterator[MemberLine]:
    for kind, number, _, row in told(path, dump=forum.is_dump):
        if isinstance(row, str):
            continue
        if kind == CATEGORY:
            forum.categories[word(row, "id")] = (clean_label(word(row, "name")), _is(row, "read_restricted"))
        elif kind == TOPIC:
            _learn_topic(row, forum)
        elif kind == USER:
            yield from _learn_user(number, row, forum)
        elif kind == POST:
            _learn_post(row, forum)


def _learn_topic(row: Row, forum: Forum) -> None:
    left_out = PRIVATE if word(row, "archetype") == "private_message" else GONE if word(row, "deleted_at") else ""
    title = shown_text(word(row, "title").replace(PART, " "))
    forum.shelf.put(f"topic:{word(row, 'id')}", PART.join((left_out, word(row, "category_id"), title)))


def _learn_user(number: int, row: Row, forum: Forum) -> Iterator[MemberLine]:
    """Yield a member of the forum; who was only written to, or was shut out, is no member but may have spoken."""
    external_id, username = clean_id(word(row, "id")), word(row, "username")
    if not external_id or external_id in forum.names:
        return
    forum.names[external_id] = clean_label(word(row, "name")) or clean_label(username)
    forum.usernames.setdefault(username.lower(), external_id)
    if not _is_robot(external_id) and not _is(row, "staged") and member(row, "active") not in ("f", False):
        yield MemberLine(number, external_id, forum.names[external_id], joined_at=parse_time(word(row, "created_at")))


def _learn_post(row: Row, forum: Forum) -> None:
    forum.posts += 1
    author, username = _author(row, forum), word(row, "username")
    if username:
        forum.usernames.setdefault(username.lower(), author)
    if forum.is_dump and not _left_out(row, Topic("", "", "")):
        place = (author, word(row, "topic_id"), word(row, "post_number"))
        forum.shelf.put(f"post:{word(row, 'id')}", PART.join(place))


def _is(row: Row, key: str) -> bool:
    return member(row, key) in (True, "t")


def _is_robot(external_id: str) -> bool:
    """Tell the forum's own users, such as system and discobot: their ids are not above zero."""
    return external_id == "0" or external_id.startswith("-")


def _author(row: Row, forum: Forum) -> str:
    username = word(row, "username")
    return clean_id(word(row, "user_id") or forum.usernames.get(username.lower(), username))


def _left_out(row: Row, topic: Topic) -> str:
    """Return the note under which a post is left out, or nothing."""
    kind = word(row, "post_type")
    if topic.left_out or kind == WHISPER:
        return topic.left_out or PRIVATE
    if word(row, "deleted_at") or _is(row, "hidden") or _is(row, "user_deleted"):
        return GONE
    return "" if kind in SAID else "events_skipped"


def _post(number: int, row: Row, forum: Forum) -> Iterator[Item | str]:
    topic_id, nth = word(row, "topic_id"), word(row, "post_number")
    topic, key = forum.topic(topic_id), clean_id(f"{topic_id}:{nth}")
    if left_out := _left_out(row, topic):
        forum.skipped.add(left_out)
        return
    author, at = _author(row, forum), parse_time(word(row, "created_at"))
    if at is None or (fault := _fault(row, author)):
        yield fault if at else "bad_time"
        return
    text, is_markdown = text_of(row)
    text = f"{topic.title}\n\n{text}".strip() if nth == "1" else text
    if not text:
        yield "no_text"
    elif forum.is_dump or forum.shelf.is_first(f"told:{key}"):  # the API gives a post in several answers
        taken_up = quotes(row)
        reply_to = _answered(row, topic_id, nth, taken_up)
        yield MessageLine(
            line=number,
            key=key,
            at=at,
            author=author,
            text=forum.skipped.cut(text),
            author_name=forum.names.get(author, "") or clean_label(word(row, "name") or word(row, "username")),
            reply_to=reply_to,
            mentions=calls(text, forum.usernames),
            channel=topic.channel,
            is_bot=_is_robot(author),
            is_markdown=is_markdown,
        )
        for who in sorted(_quoted(taken_up, reply_to, forum) - {author}):
            yield ActLine(number, digest(key, who, "quote"), at, author, who, "quote", channel=topic.channel)


def _fault(row: Row, author: str) -> str:
    if not author:
        return "no_from"
    if not word(row, "topic_id") or not word(row, "post_number"):
        return "bad_entry"
    return "too_long" if len(word(row, "raw") or word(row, "cooked")) > RAW_LIMIT else ""


def _answered(row: Row, topic_id: str, nth: str, taken_up: list[Quote]) -> str:
    """Return the post that is answered: the one named, else the first quoted of the topic, else its first."""
    here = (quote.post for quote in taken_up if quote.topic in {"", topic_id} and quote.post not in {"", nth})
    answered = word(row, "reply_to_post_number") or next(here, "" if nth == "1" else "1")
    return clean_id(f"{topic_id}:{answered}") if answered else ""


def _quoted(taken_up: list[Quote], reply_to: str, forum: Forum) -> set[str]:
    """Return whose words are taken up beside those of the post that is answered."""
    others = (quote for quote in taken_up if clean_id(f"{quote.topic}:{quote.post}") != reply_to)
    return {found for quote in others if (found := forum.usernames.get(quote.username, ""))}


def _like(number: int, row: Row, forum: Forum) -> Iterator[Item]:
    who, at = clean_id(word(row, "user_id")), parse_time(word(row, "created_at"))
    if at is None or word(row, "post_action_type_id") not in LIKES or word(row, "deleted_at") or _is_robot(who):
        return
    if not (place := forum.shelf.get(f"post:{word(row, 'post_id')}")):
        return
    author, topic_id, nth = place.split(PART)
    topic = forum.topic(topic_id)
    if not topic.left_out and forum.shelf.is_first(f"liked:{who}:{word(row, 'post_id')}"):
        yield from reaction(number, at, who, author, f"{topic_id}:{nth}", topic.channel)
