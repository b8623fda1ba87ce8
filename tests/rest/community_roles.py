"""Daily reports, posters, group codes, chains and check-ins: who may do what, and one of everything their addresses name."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.connect import api as connect
from kith.connect.models import Poster
from tests.conftest import Cast

C = "/communities/{slug}"
G = f"{C}/group-codes"
ONE = f"{G}/{{group_code_id}}"
GROUP = f"{ONE}/groups/{{group_id}}"
CODE = "2345678923"
UPLOAD = f"POST {GROUP}/picture"
SEEN = "404 404 200 200 200 200 404 200 200"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {C}/daily/{{on}}": SEEN,
    f"GET {C}/posters": GIVES,
    f"POST {C}/posters": "401 404 201 201 201 201 404 401 403",
    f"POST {C}/posters/{{poster_id}}/close": "401 404 200 403 200 200 404 401 403",
    f"PUT {C}/arrival": "401 200 404 200 200 200 404 401 404",
    f"GET {G}": RUNS,
    f"POST {G}": MAKES,
    f"GET {ONE}": RUNS,
    f"POST {ONE}/close": RUNS,
    f"POST {ONE}/groups": MAKES,
    f"PUT {GROUP}": RUNS,
    UPLOAD: "401 404 403 403 400 400 404 401 403",
    f"POST {GROUP}/first": RUNS,
    f"DELETE {GROUP}": RUNS,
}
CHAIN = f"{C}/chains/{{chain_id}}"
CHALLENGE = f"{C}/challenges/{{challenge_id}}"
SAYS = "401 404 201 201 201 201 404 401 403"
STARTER = "401 404 200 403 200 200 404 401 403"
TABLE |= {
    f"POST {C}/chains": SAYS,
    f"GET {CHAIN}": SEEN,
    f"PATCH {CHAIN}": STARTER,
    f"PUT {CHAIN}/state": STARTER,
    f"POST {CHAIN}/lines": SAYS,
    f"PUT {CHAIN}/lines/{{line_id}}": STARTER,
    f"DELETE {CHAIN}/lines/{{line_id}}": STARTER,
    f"POST {CHAIN}/pasted": STARTER,
    f"POST {C}/challenges": SAYS,
    f"GET {CHALLENGE}": SEEN,
    f"POST {CHALLENGE}/checkins": SAYS,
    f"PUT {CHALLENGE}/checkins/{{reply_id}}": STARTER,
    f"PUT {CHALLENGE}/ranking": STARTER,
    f"GET {CHALLENGE}/prizes": STARTER,
}
BODIES: dict[str, Any] = {
    f"POST {C}/posters": {"campaign": "市集"},
    f"PUT {C}/arrival": {"code": CODE},
    f"POST {G}": {"title": "春分课"},
    f"POST {ONE}/groups": {"name": "二群"},
    f"POST {C}/chains": {"text": "接龙"},
    f"PATCH {CHAIN}": {"cap": 9},
    f"PUT {CHAIN}/state": {"is_closed": True},
    f"POST {CHAIN}/lines": {"values": ["我", "2"]},
    f"PUT {CHAIN}/lines/{{line_id}}": {"values": ["他", "1"]},
    f"POST {CHAIN}/pasted": {"text": "1. 新人 2", "take": True},
    f"POST {C}/challenges": {"text": "早起", "starts_on": "2999-01-01", "ends_on": "2999-01-21"},
    f"POST {CHALLENGE}/checkins": {"text": "起了"},
    f"PUT {CHALLENGE}/checkins/{{reply_id}}": {},
    f"PUT {CHALLENGE}/ranking": {"is_hidden": True},
    f"PUT {GROUP}": {"name": "一群", "heads": 30},
}


def made(cast: Cast) -> dict[str, Any]:
    now = timezone.now()  # by which the API knows whether a day has begun
    connect.post(community=cast.home, text="今天", by=cast.other, now=now)
    poster = connect.make_poster(community=cast.home, by=cast.member, now=now.replace(year=2020))
    Poster.objects.filter(pk=poster.id).update(code=CODE)
    code = connect.make_group_code(community=cast.home, title="课", by=cast.founder, now=now)
    code = connect.put_group(community=cast.home, group_code_id=code.id, name="一群", by=cast.founder, now=now)
    return _daily_life(cast) | {
        "on": connect.day_of(now).isoformat(), "poster_id": poster.id, "group_code_id": code.id, "group_id": code.groups[0].id,
    }  # fmt: skip


def _daily_life(cast: Cast) -> dict[str, Any]:
    """Have a chain and a challenge of the member's; one who runs nothing has a line, another has checked in yesterday."""
    home, now = cast.home, timezone.now()
    chain = connect.start_chain(community=home, text="接龙", by=cast.member, now=now)
    line = connect.add_line(community=home, post_id=chain.id, values=["赵穗", "1"], by=cast.other, now=now).lines[0]
    today = connect.day_of(now)
    then = now - timedelta(days=1)
    challenge = connect.start_challenge(
        community=home, text="打卡", by=cast.member, now=then, starts_on=today - timedelta(days=3), ends_on=today + timedelta(days=9)
    )  # fmt: skip
    connect.check_in(community=home, post_id=challenge.id, text="在", by=cast.other, now=then)
    reply = connect.thread(home, challenge.id, reader=None).replies[0].id
    return {"chain_id": chain.id, "line_id": line.id, "challenge_id": challenge.id, "reply_id": reply}
