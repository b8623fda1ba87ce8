"""What a day's messages come to: topics, people, tone. Pure, and without any model: the same lines give the same report.

A thread is a topic. Lines that stand alone, as in an imported group, are a topic when three people use a word that was not
usual before. A topic's heat counts people before words: Σ √(lines of each), so that nine lines of one weigh as three of three.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kith.connect.data import DayNumbers

MOST = 5
HALF_WARM = 6  # as in see: 100·s/(s+6) degrees
LEAST_TALKERS, LEAST_SHARERS = 2, 3
RARER = 3.0  # a word of the day is so many times as frequent as before
SHARED = 0.8  # a letter beside a word belongs to it when so many of its lines have it
LONGEST_WORD = 8
LEAST_DAYS = 7  # of the past, to know what is usual
LIVELY, QUIET = 1.5, 0.67
CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
# Words that join others and are nobody's topic; matters only while there is no past to compare with.
JOINING = frozenset(
    [
        "我们",
        "你们",
        "他们",
        "大家",
        "这个",
        "那个",
        "一个",
        "没有",
        "什么",
        "怎么",
        "可以",
        "就是",
        "不是",
        "还是",
        "但是",
        "因为",
        "所以",
        "如果",
        "现在",
        "今天",
        "明天",
        "昨天",
        "已经",
        "觉得",
        "知道",
        "时候",
        "这样",
        "那样",
        "自己",
        "一下",
        "一起",
        "有人",
        "真的",
        "还有",
        "或者",
        "然后",
        "这里",
        "那里",
        "一点",
        "一些",
        "比较",
        "非常",
        "不用",
        "不要",
        "不能",
        "需要",
        "应该",
        "可能",
        "多少",
        "谢谢",
        "早上",
        "晚上",
        "下午",
        "上午",
        "哈哈",
        "好的",
        "收到",
        "图片",
        "表情",
        "this",
        "that",
        "with",
        "have",
        "from",
        "they",
        "will",
        "what",
        "your",
        "about",
        "just",
    ]
)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A message of the day; `root_id` is its own id when it opens a thread, `to_id` whom it answers, 0 for nobody."""

    id: int
    root_id: int
    author_id: int
    to_id: int
    text: str
    thanks: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A topic by ids: `post_id` is the line that stands for it."""

    post_id: int
    word: str
    people: int
    messages: int
    heat: float


@dataclass(frozen=True, slots=True)
class Touched:
    person_id: int
    others: int
    messages: int


def numbers_of(lines: Sequence[DayLine]) -> DayNumbers:
    turned = sum(1 for line in lines if line.to_id not in {0, line.author_id})
    return DayNumbers(len(lines), len({line.author_id for line in lines}), turned)


def heat(lines: Iterable[DayLine]) -> float:
    """Return how warm a topic is, in degrees of 0 to 100."""
    spoke = Counter(line.author_id for line in lines)
    live = sum(math.sqrt(many) for many in spoke.values())
    return round(100 * live / (live + HALF_WARM), 1)


def topics(lines: Sequence[DayLine], before: Sequence[str] = ()) -> list[Found]:
    """Return at most five topics, the hottest first; `before` are lines of the days before, which tell what is usual."""
    threads: dict[int, list[DayLine]] = defaultdict(list)
    for line in lines:
        threads[line.root_id].append(line)
    loose = [many[0] for many in threads.values() if len(many) == 1 and many[0].id == many[0].root_id]
    found = [_topic(root, "", many) for root, many in threads.items() if _talkers(many) >= LEAST_TALKERS]
    found += [_topic(_stands_for(many), word, many) for word, many in _words(loose, before)]
    return sorted(found, key=lambda f: (-f.heat, -f.people, f.post_id))[:MOST]


def _topic(post_id: int, word: str, lines: Sequence[DayLine]) -> Found:
    return Found(post_id, word, _talkers(lines), len(lines), heat(lines))


def _talkers(lines: Iterable[DayLine]) -> int:
    return len({line.author_id for line in lines})


def _stands_for(lines: Sequence[DayLine]) -> int:
    return min(lines, key=lambda line: (-line.thanks, line.id)).id


def terms(text: str) -> set[str]:
    """Return the pairs of Chinese letters of a text, and its longer words in others."""
    pairs = {run[i : i + 2] for run in CHINESE.findall(text) for i in range(len(run) - 1)}
    return (pairs | {word.lower() for word in LATIN.findall(text)}) - JOINING


def _words(loose: Sequence[DayLine], before: Sequence[str]) -> list[tuple[str, list[DayLine]]]:
    """Return words that three people used and that were rare before, each with its lines; a line goes with its first word."""
    left = {line.id: (line, terms(line.text)) for line in loose}
    usual = Counter(term for text in before for term in terms(text))
    found: list[tuple[str, list[DayLine]]] = []
    while len(found) < MOST and (best := _best(left.values(), usual, len(before), len(loose))):
        many = [line for line, has in left.values() if best in has]
        found.append((_grown(best, [line.text for line in many]), many))
        left = {i: one for i, one in left.items() if best not in one[1]}
    return found


def _best(lines: Iterable[tuple[DayLine, set[str]]], usual: Mapping[str, int], before: int, today: int) -> str:
    who: dict[str, set[int]] = defaultdict(set)
    many: Counter[str] = Counter()
    for line, has in lines:
        for term in has:
            who[term].add(line.author_id)
            many[term] += 1
    fit = [
        term for term, people in who.items()
        if len(people) >= LEAST_SHARERS and many[term] / today >= RARER * usual.get(term, 0) / max(1, before)
    ]  # fmt: skip
    return min(fit, key=lambda term: (-len(who[term]), -many[term], term), default="")


def _grown(word: str, texts: Sequence[str]) -> str:
    """Add the letters before and after a word that nearly all its lines have there: 热水 grows to 热水器."""
    if word.isascii():
        return word
    while len(word) < LONGEST_WORD:
        after = _beside(rf"{word}([\u3400-\u9fff])", texts)
        ahead = "" if after else _beside(rf"([\u3400-\u9fff]){word}", texts)
        if not (after or ahead):
            break
        word = ahead + word + after
    return word


def _beside(pattern: str, texts: Sequence[str]) -> str:
    seen = Counter(m[1] for text in texts if (m := re.search(pattern, text)))
    letter, many = max(seen.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return letter if many >= SHARED * len(texts) else ""


def people(
    lines: Sequence[DayLine], thanked: Iterable[tuple[int, ...]], hidden: set[int], most: int = MOST
) -> list[Touched]:
    """Return people by how many others they were in touch with; `thanked` are (by, to), `hidden` who is in no list."""
    others: dict[int, set[int]] = defaultdict(set)
    for a, b in [*((line.author_id, line.to_id) for line in lines if line.to_id), *thanked]:
        if a != b:
            others[a].add(b)
            others[b].add(a)
    said = Counter(line.author_id for line in lines)
    found = [Touched(p, len(others[p]), many) for p, many in said.items() if p not in hidden and others[p]]
    return sorted(found, key=lambda t: (-t.others, -t.messages, t.person_id))[:most]


def usual(days: Sequence[DayNumbers]) -> DayNumbers | None:
    """Return the median day of the past, a day without a word among them; None for less than a week."""
    if len(days) < LEAST_DAYS:
        return None
    return DayNumbers(*(round(median(getattr(d, name) for d in days)) for name in ("messages", "people", "replies")))


def level(numbers: DayNumbers, usual: DayNumbers | None) -> str:
    """Say how a day compares with a usual one: people count first, for one who writes much makes no lively day."""
    if usual is None or not usual.people:
        return ""
    if numbers.people >= LIVELY * usual.people or (
        numbers.people > usual.people and numbers.messages >= LIVELY * usual.messages
    ):
        return "lively"
    return "quiet" if numbers.people <= QUIET * usual.people else "usual"
