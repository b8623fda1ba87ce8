"""Personal tokens."""

from datetime import timedelta

from django.utils import timezone
from ninja import Router, Status

from kith.rest import schemas, tokens
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person
from kith.rest.data import MadeToken, Token
from kith.rest.fields import Id, NewToken

router = Router(tags=["Tokens"])


@router.get("/tokens", auth=ADMIN, response=answers(list[schemas.TokenOut]), summary="List my tokens")
def list_tokens(request: Asked) -> list[Token]:
    """Return the tokens you have not revoked, newest first."""
    return tokens.listed(person=person(request))


@router.post(
    "/tokens", auth=ADMIN, response=answers(schemas.MadeTokenOut, *BODY, 409, status=201), summary="Make a token"
)
def make_token(request: Asked, data: NewToken) -> Status[MadeToken]:
    """Make a token; one made by a token gets no wider scopes and no longer life than that."""
    now = timezone.now()
    made = tokens.make(
        person=person(request), name=data.name, scopes=data.scopes, now=now, maker=request.auth.token,
        expires_at=now + timedelta(days=data.expires_days) if data.expires_days else None,
    )  # fmt: skip
    return Status(201, made)


@router.delete("/tokens/{token_id}", auth=ADMIN, response=answers(None, 404, 422, status=204), summary="Revoke a token")
def revoke_token(request: Asked, token_id: Id) -> Status[None]:
    """Take a token's power away, at once and for ever."""
    tokens.revoke(person=person(request), token_id=token_id, now=timezone.now())
    return Status(204, None)
