"""Daily reports, posters, group codes, chains and check-ins: who may do what, and one of everything their addresses name."""

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
BODIES: dict[str, Any] = {
    f"POST {C}/posters": {"campaign": "市集"},
    f"PUT {C}/arrival": {"code": CODE},
    f"POST {G}": {"title": "春分课"},
    f"POST {ONE}/groups": {"name": "二群"},
    f"PUT {GROUP}": {"name": "一群", "heads": 30},
}


def made(cast: Cast) -> dict[str, Any]:
    now = timezone.now()  # by which the API knows whether a day has begun
    connect.post(community=cast.home, text="今天", by=cast.other, now=now)
    poster = connect.make_poster(community=cast.home, by=cast.member, now=now.replace(year=2020))
    Poster.objects.filter(pk=poster.id).update(code=CODE)
    code = connect.make_group_code(community=cast.home, title="课", by=cast.founder, now=now)
    code = connect.put_group(community=cast.home, group_code_id=code.id, name="一群", by=cast.founder, now=now)
    return {
        "on": connect.day_of(now).isoformat(), "poster_id": poster.id, "group_code_id": code.id, "group_id": code.groups[0].id,
    }  # fmt: skip
