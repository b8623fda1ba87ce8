"""Every state machine of launch by its name; drawn in docs/states.md by tools/states.py."""

from kith.launch.rules.grouping import GROUP, SEAT
from kith.launch.rules.renewing import GIFT, MANDATE, RENEWAL
from kith.launch.rules.selling import CAMPAIGN, CHANNEL, COUPON_USE, ORDER, WIRE

MACHINES = {
    "Channel": CHANNEL,
    "Launch": CAMPAIGN,
    "Order": ORDER,
    "Wire": WIRE,
    "Coupon on an order": COUPON_USE,
    "Group": GROUP,
    "Seat in a group": SEAT,
    "Gift": GIFT,
    "Mandate": MANDATE,
    "Renewal": RENEWAL,
}
