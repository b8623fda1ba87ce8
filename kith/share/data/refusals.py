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


class NoSuchPayee(NotFound):
    sentence = "There is no such person or pool here to share with."


class BadCredits(Refusal):
    sentence = "The weights of those who are credited with a sale come to at most a million, each above zero."


class OtherSale(Refusal):
    sentence = "“%(key)s” was shared before, with other content."
    status = 409


class SharesAreReal(NotAllowed):
    sentence = "Only the shares of an invented community may be dropped."
