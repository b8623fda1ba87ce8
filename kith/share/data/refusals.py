"""Why share says no."""

from kith.lib.errors import NotAllowed, NotFound, Refusal


class FoundersOnly(NotAllowed):
    sentence = "Only the founder decides how sales are shared."


class NotAShare(Refusal):
    sentence = "There is no share of that kind. Shares are paid for sales and for what people contribute: never for bringing people in, and nobody buys the right to one."


class BadCuts(Refusal):
    sentence = "Each share is a whole number of parts of a million, names whom it is for, and stands there once."


class ChannelCapped(Refusal):
    sentence = "Who recommends may get at most %(percent)s%% of a sale, both tiers together."


class MoreThanAll(Refusal):
    sentence = "The shares of one product come to more than the whole."


class SecondTierUnsigned(Refusal):
    sentence = "A second tier is off until the founder has read what the law says about it and signed."
    status = 409


class OtherText(Refusal):
    sentence = "The text has changed, or is not signed with a name. Read it again and sign it."
    status = 409


class BadWithholding(Refusal):
    sentence = "What is withheld for tax is a part of the payout, at most 45%%."


class SaleDisputed(Refusal):
    sentence = "A sale that this money comes from is disputed. Call the payout off, or wait until the dispute is over."
    status = 409


class NoSuchPayee(NotFound):
    sentence = "There is no such person or pool here to share with."


class BadCredits(Refusal):
    sentence = "The weights of those who are credited with a sale come to at most a million, each above zero."


class OtherSale(Refusal):
    sentence = "“%(key)s” was shared before, with other content."
    status = 409


class SharesAreReal(NotAllowed):
    sentence = "Only the shares of an invented community may be dropped."


class OperatorsPay(NotAllowed):
    sentence = "Only the founder and operators see to payouts."


class ApproverNeeded(NotAllowed):
    sentence = "A payout is approved by a second person: neither who made it nor who gets it."


class BadPayoutKey(Refusal):
    sentence = "This needs a key of 8 to 64 plain characters."


class BadPayout(Refusal):
    sentence = "Write how much to pay out, more than nothing."


class NothingPaidInCurrency(Refusal):
    sentence = "Nothing is paid out in “%(currency)s” here."


class NeedsPayTo(Refusal):
    sentence = "Say first where your money goes."
    status = 409


class MoreThanOwed(Refusal):
    sentence = "That is more than is owed and not yet on its way."
    status = 409


class OtherPayout(Refusal):
    sentence = "This key belongs to another payout. Reload the page to ask again."
    status = 409


class NoSuchPayout(NotFound):
    sentence = "There is no such payout, or it is not yours to see."


class PayoutNotNow(Refusal):
    sentence = "This payout can no longer, or not yet, do that."
    status = 409


class UnknownPayoutWay(Refusal):
    sentence = "One cannot pay out that way here."


class TransferProofMissing(Refusal):
    sentence = "Write what the transfer can be found by: a time, a number, the last digits of the account."


class PayoutServiceDown(Refusal):
    sentence = "The payment service does not answer. Nothing is paid twice; it is asked again."
    status = 502


class BadPool(Refusal):
    sentence = "A pool needs a name, one of the three policies, and a window of 1 to 366 days."


class PoolTaken(Refusal):
    sentence = "There is a pool of that name."
    status = 409


class PoolEmpty(Refusal):
    sentence = "So much does not stand there."
    status = 409


class NobodyContributed(Refusal):
    sentence = "Nobody contributed anything that counts in that time."
    status = 409
