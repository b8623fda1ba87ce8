"""Which answers an operation can give, for its schema."""

from typing import Any

from kith.rest.schemas import Invalid, Refused

BODY = (400, 413, 422)


def answers(model: Any, *also: int, status: int = 200) -> dict[int, Any]:
    """Return the answers of an operation: what it gives, 401, 403 and 429, and whatever else it refuses with.

    401: the token does not hold. 403: its scopes, or the person, may not. 429: too often in a minute, for everything.
    """
    refused = {code: Invalid if code == 422 else Refused for code in sorted({401, 403, 429, *also})}
    return {status: model, **refused}
