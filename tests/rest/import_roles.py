"""Who may do what about imports: the part of test_roles.py that is theirs."""

from typing import Any

from kith.bring import api as bring
from tests.conftest import NOW, Cast

HERE = "/communities/{slug}/imports"
UPLOAD = f"POST {HERE}/files"
OF_A_FILE = {f"POST {HERE}/previews", f"POST {HERE}"}
LIST = "编号,姓名\nw1,安\n".encode()
RUNS = "401 404 403 403 200 200 404 401 403"
TABLE = {
    UPLOAD: RUNS.replace("200", "201"),
    f"POST {HERE}/previews": RUNS,
    f"POST {HERE}": RUNS.replace("200", "201"),
    f"GET {HERE}": RUNS,
    f"GET {HERE}/jobs/{{job_id}}": RUNS,
    f"GET {HERE}/{{import_id}}": RUNS,
    f"POST {HERE}/{{import_id}}/undo": RUNS,
}
BODIES: dict[str, Any] = {}


def made(cast: Cast) -> dict[str, Any]:
    """Have two files uploaded: one imported, one that waits for its worker, which is the one to start again."""
    done, waits = (_kept(cast) for _ in range(2))
    common: dict[str, Any] = {"community": cast.home, "format_name": "members", "by": cast.founder, "now": NOW}
    job = bring.ask_for_import(**common, path=waits, options=bring.Options())
    return {"job_id": job.id, "file": waits.name, "import_id": bring.run(**common, path=done).batch_id}


def _kept(cast: Cast) -> Any:
    return bring.keep_upload(
        community=cast.home, format_name="members", name="list.csv", size=len(LIST), chunks=[LIST], by=cast.founder
    )
