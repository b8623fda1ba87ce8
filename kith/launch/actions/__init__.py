"""Writes of launch."""

from kith.launch.actions.agreeing import (
    agree,
    decline_in_sandbox,
    renewal_by_link,
    stop_renewal,
    stop_renewal_by_link,
)
from kith.launch.actions.channels import (
    accept_channel,
    ask_channel,
    close_channel,
    decline_channel,
    judge_doubt,
    propose_channels,
    set_channel_rule,
)
from kith.launch.actions.coupons import (
    stop_coupon,
    write_coupon,
)
from kith.launch.actions.disputing import (
    end_dispute,
    open_dispute,
)
from kith.launch.actions.dropping import (
    drop_launches,
)
from kith.launch.actions.earning import (
    earn_due,
)
from kith.launch.actions.failing import (
    count_days,
    fail_groups,
)
from kith.launch.actions.finishing import (
    erase_contacts,
    finish_due,
    ship,
)
from kith.launch.actions.forgetting import (
    forget_buyer,
)
from kith.launch.actions.gifting import (
    expire_gifts,
    redeem,
)
from kith.launch.actions.hearing import (
    ask_provider,
    hear,
    poll,
    thanks,
)
from kith.launch.actions.leaving import (
    forget_customer,
)
from kith.launch.actions.lining import (
    admit,
    line_up,
    take_turn,
)
from kith.launch.actions.noticing import (
    send_notices,
)
from kith.launch.actions.offering import (
    retire_offer,
    write_offer,
)
from kith.launch.actions.ordering import (
    ask_refund,
    cancel,
    expire_due,
    place,
)
from kith.launch.actions.paying import (
    charge,
    confirm,
    prove,
)
from kith.launch.actions.presale import (
    ask_balances,
    give_up,
    miss_balances,
    withdraw,
)
from kith.launch.actions.promises import (
    tell_every_promise,
    tell_promises,
)
from kith.launch.actions.refunding import (
    refund,
    refund_again,
)
from kith.launch.actions.renewing import (
    renew_due,
)
from kith.launch.actions.running import (
    advance,
    restock,
    tick,
    write_campaign,
)
from kith.launch.actions.rushing import (
    place_many,
)
from kith.launch.actions.sandboxing import (
    sandbox_end,
    sandbox_payment,
    sandbox_tell,
)
from kith.launch.actions.terms import (
    remind_terms,
)
from kith.launch.actions.touching import (
    adopt_touches,
    end_bond,
    follow_link,
    forget_touches,
    touch,
)

__all__ = [
    "accept_channel", "admit", "adopt_touches", "advance", "agree", "ask_balances", "ask_channel", "ask_provider", "ask_refund", "cancel",
    "charge", "close_channel", "confirm", "count_days", "decline_channel", "decline_in_sandbox", "drop_launches", "earn_due", "end_bond",
    "end_dispute", "erase_contacts", "expire_due", "expire_gifts", "fail_groups", "finish_due", "follow_link", "forget_buyer", "forget_customer", "forget_touches",
    "give_up", "hear", "judge_doubt", "line_up", "miss_balances", "open_dispute", "place", "place_many", "poll", "propose_channels",
    "prove", "redeem", "refund", "refund_again", "remind_terms", "renew_due", "renewal_by_link", "restock", "retire_offer", "sandbox_end",
    "sandbox_payment", "sandbox_tell", "send_notices", "set_channel_rule", "ship", "stop_coupon", "stop_renewal", "stop_renewal_by_link",
    "take_turn", "tell_every_promise", "tell_promises", "thanks", "tick", "touch", "withdraw", "write_campaign", "write_coupon", "write_offer",
]  # fmt: skip
