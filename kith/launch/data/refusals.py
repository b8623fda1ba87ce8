"""Why launch says no."""

from kith.lib.errors import NotAllowed, NotFound, Refusal


class NoSuchLaunch(NotFound):
    sentence = "There is no such launch here."


class NoSuchOrder(NotFound):
    sentence = "There is no such order, or it is not yours to see."


class NoSuchOffer(NotFound):
    sentence = "There is no offer with the number “%(sku)s”."


class NoSuchWire(NotFound):
    sentence = "There is no such payment here."


class SellersOnly(NotAllowed):
    sentence = "Only the founder and operators may sell here."


class AnotherPersonNeeded(NotAllowed):
    sentence = "A second person must confirm this, neither the buyer nor who confirmed before."


class BadOffer(Refusal):
    sentence = "An offer needs a number, a title, a kind that exists, a price of zero or more, and at most 365 days for refunds."


class UnknownCurrency(Refusal):
    sentence = "Prices cannot be in “%(currency)s” here."


class CurrencyStays(Refusal):
    sentence = "An offer keeps its currency; make another offer."
    status = 409


class OfferInUse(Refusal):
    sentence = "This offer stands in a launch that is under way, or has open orders."
    status = 409


class BadLaunch(Refusal):
    sentence = "A launch needs a title, an address of small letters, and an end after its beginning."


class MixedCurrencies(Refusal):
    sentence = "Everything in a launch has one currency: %(sku)s is in another."


class LaunchTaken(Refusal):
    sentence = "There is another launch at this address."
    status = 409


class TermsFrozen(Refusal):
    sentence = "This launch has opened: its terms and prices stay as they are."
    status = 409


class NotComplete(Refusal):
    sentence = "This launch is not complete yet."
    status = 409


class NeedsTerms(NotComplete):
    sentence = "Write the terms first: what a buyer agrees to, and how money comes back."


class NeedsWayToPay(NotComplete):
    sentence = "Say first how one pays: where money is transferred to."


class NeedsEnd(NotComplete):
    sentence = "Say first when it closes; the end must lie ahead."


class NeedsLimit(NotComplete):
    sentence = "Say first how many units each buyer may have."


class NeedsStock(NotComplete):
    sentence = "Put something on the shelf first."


class NotNow(Refusal):
    sentence = "This can no longer, or not yet, be done."
    status = 409


class NothingToReceive(Refusal):
    sentence = "Say how many units come or go, as a whole number that is not zero."


class BelowWhatIsHeld(Refusal):
    sentence = "%(missing)s of these units are held for orders and cannot be taken away."
    status = 409


class NotOpen(Refusal):
    sentence = "This launch is not open for orders now."
    status = 409


class NotInThisLaunch(Refusal):
    sentence = "This launch does not sell that."


class BadQuantity(Refusal):
    sentence = "A quantity is a whole number from 1 to %(limit)s, in plain digits."


class NothingChosen(Refusal):
    sentence = "Choose at least one thing to order."


class BadKey(Refusal):
    sentence = "An order needs a key of 8 to 64 plain characters."


class OtherOrder(Refusal):
    sentence = "This key belongs to another order of yours. Reload the page to order again."
    status = 409


class TermsChanged(Refusal):
    sentence = "The terms or prices have changed since you opened the page. Look at them again."
    status = 409


class ContactMissing(Refusal):
    sentence = "Say to whom and where this should be sent: a name, a phone number, an address."


class SoldOut(Refusal):
    sentence = "There are not enough left of “%(title)s”."
    status = 409


class LimitReached(Refusal):
    sentence = "Each buyer may have %(limit)s in this launch."
    status = 409


class UnknownProvider(Refusal):
    sentence = "One cannot pay that way here."


class NotThatWay(Refusal):
    sentence = "One cannot pay that way from here: open the page in another browser, or choose another way."


class NothingToPay(Refusal):
    sentence = "There is nothing to pay for this order now."
    status = 409


class ProofMissing(Refusal):
    sentence = "Write what the transfer can be found by: the name of who paid, a time or a number."


class ProviderDown(Refusal):
    sentence = "The payment service does not answer. Nothing was paid twice; try again in a minute."
    status = 502


class ProviderRefused(Refusal):
    sentence = "The payment service refused. Nothing was paid; choose another way to pay, or tell who runs the community."
    status = 502


class BadBill(Refusal):
    sentence = "This is no bill that can be read: it needs a column of our numbers and one of amounts, in plain digits."


class Forged(Refusal):
    sentence = "This message does not bear the provider's signature."
    status = 401


class TooOld(Refusal):
    sentence = "This message is too old."
    status = 401


class WrongMerchant(Refusal):
    sentence = "This message is for somebody else."
    status = 401


class WrongAmount(Refusal):
    sentence = "This message names another amount than was asked for."
    status = 401


class NothingToRefund(Refusal):
    sentence = "Say what goes back: lines of this order, with units or an amount."


class OtherRefund(Refusal):
    sentence = "This key belongs to another refund. Reload the page to refund again."
    status = 409


class MoreThanPaid(Refusal):
    sentence = "That is more than was paid and not yet refunded."
    status = 409


class RefundOver(Refusal):
    sentence = "There is nothing to refund in this order now."
    status = 409


class LaunchesAreReal(NotAllowed):
    sentence = "Only the launches of an invented community may be dropped."


class NoSuchCoupon(NotFound):
    sentence = "There is no such coupon for this."


class CouponTaken(Refusal):
    sentence = "There is another coupon with this code."
    status = 409


class BadCoupon(Refusal):
    sentence = "A coupon needs 4 to 24 letters and digits, either an amount or a part off, a number of uses, and an end after its beginning."


class CouponOver(Refusal):
    sentence = "The coupon %(code)s is not valid now."
    status = 409


class CouponUsedUp(Refusal):
    sentence = "The coupon %(code)s has been used up."
    status = 409


class CouponUsedByYou(Refusal):
    sentence = "You have used the coupon %(code)s as often as one may."
    status = 409


class CouponNeedsMore(Refusal):
    sentence = "The coupon %(code)s asks for a larger order."
    status = 409


class CouponChangesNothing(Refusal):
    sentence = "The coupon %(code)s would take nothing off this order; keep it."
    status = 409


class CouponsDoNotCombine(Refusal):
    sentence = "These coupons cannot be used together."
    status = 409


class NoSuchGroup(NotFound):
    sentence = "There is no such group here."


class GroupOver(Refusal):
    sentence = "This group takes nobody in any more. Open one of your own, or join another."
    status = 409


class GroupFull(Refusal):
    sentence = "Every seat of this group is taken. Open one of your own, or join another."
    status = 409


class AlreadyInGroup(Refusal):
    sentence = "You sit in this group already."
    status = 409


class GroupNotFormed(Refusal):
    sentence = "The group of this order has not formed; it may still have to be given back."
    status = 409


class NeedsGroup(NotComplete):
    sentence = "Say first how many buy together, 2 to 100, and how many hours they have, 1 to 720."


class NeedsDeposit(NotComplete):
    sentence = "Say first what the deposit is, at most 20 percent, and from when to when the balance is paid; orders must close before that ends."


class BadPlan(Refusal):
    sentence = "A membership lasts 1 to 60 months and belongs to a family named by small letters, digits and hyphens."


class PlansAreSoldAlone(Refusal):
    sentence = "A membership begins when it is paid: it is not sold to groups, nor as a presale."
