"""Assets and accounts."""

from datetime import datetime

from django.db import connection, transaction

from kith.ledger import rules
from kith.ledger.actions.keeping import alone
from kith.ledger.data import (
    ASSET_KINDS,
    AccountName,
    AccountNotEmpty,
    AccountValue,
    AssetValue,
    BadFloor,
    BadName,
    OtherAsset,
    Overdraft,
    UnknownAsset,
)
from kith.ledger.models import Account
from kith.ledger.queries import account, assets, named
from kith.people.api import Community


def make_asset(*, code: str, kind: str, scale: int = 0) -> AssetValue:
    """Have an asset: a currency, or what an upper part counts (`S:` a stock unit, `C:` a coupon, `G:` a group).

    Raises:
        BadName: the code is not of the form `CNY` or `S:17`, or the kind or scale is none.
        OtherAsset: it is there already, of another kind or scale.

    """
    if not rules.is_asset_code(code) or kind not in ASSET_KINDS or not 0 <= scale <= rules.SCALE_LIMIT:
        raise BadName(name=code)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_asset (code, kind, scale) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [code, kind, scale],
        )
    made = assets([code])[code]
    if (made.kind, made.scale) != (kind, scale):
        raise OtherAsset(code=code)
    return made


def open_account(*, community: Community, name: AccountName, floor: int | None = None) -> AccountValue:
    """Have an account, with another floor than its role's where one is given: -10000 on a share allows a debt of so much.

    Moves make accounts by themselves; this is for floors. An account that is there gets the floor given.

    Raises:
        UnknownAccountRole, UnknownAsset, BadName: by the name.
        BadFloor: it is none, or the role keeps none.
        Overdraft: less stands in the account than the floor given.

    """
    if (why := rules.account_fault(name)) is not None:
        raise why
    if not assets([name.asset]):
        raise UnknownAsset(code=name.asset)
    if floor is not None and (not rules.is_floor(floor) or rules.ROLES[name.role].floor is None):
        raise BadFloor(limit=rules.AMOUNT_LIMIT)
    with transaction.atomic():
        _make(community, name)
        if floor is not None:
            _set_floor(community, name, floor)
        return _there(community, name)


def _make(community: Community, name: AccountName) -> None:
    role = rules.ROLES[name.role]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_account (community_id, id, role, owner_kind, owner_id, asset_id, floor, heat, balance)
            SELECT %(community)s, nextval('ledger_account_id_seq'), %(role)s, %(owner_kind)s, %(owner_id)s, %(asset)s, %(floor)s, %(heat)s, 0
            WHERE NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.community_id = %(community)s AND a.owner_kind = %(owner_kind)s
                AND a.owner_id = %(owner_id)s AND a.role = %(role)s AND a.asset_id = %(asset)s)
            ON CONFLICT DO NOTHING""",
            named(community, name) | {"floor": role.floor, "heat": role.heat},
        )


def _set_floor(community: Community, name: AccountName, floor: int) -> None:
    found = Account.objects.select_for_update(no_key=True).get(**_natural(community, name))
    if found.balance < floor:
        raise Overdraft.of(name, floor - found.balance)
    if found.floor != floor:
        Account.objects.filter(pk=found.pk).update(floor=floor)


def _natural(community: Community, name: AccountName) -> dict[str, object]:
    return {
        "community": community, "role": name.role, "asset_id": name.asset, "owner_kind": name.owner_kind, "owner_id": name.owner_id
    }  # fmt: skip


def _there(community: Community, name: AccountName) -> AccountValue:
    found = account(community, name)
    assert found is not None
    return found


@transaction.atomic
def close_account(*, community: Community, name: AccountName, now: datetime) -> AccountValue:
    """Let nothing move in an empty account any more.

    Raises:
        AccountNotEmpty: something stands in it.
        BookBusy: others post without a pause.

    """
    alone(community)
    found = account(community, name)
    if found is not None and found.balance_minor:
        raise AccountNotEmpty(role=name.role)
    _make(community, name)
    Account.objects.filter(**_natural(community, name), closed_at=None).update(closed_at=now)
    return _there(community, name)
