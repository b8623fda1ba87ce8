"""Errors of the processes."""

from kith.lib.errors import Refusal


class Trouble(Refusal):
    """Something around Kith, not what was asked of it, stands in the way."""

    status = 503


class DatabaseUnreachable(Trouble):
    sentence = "The database of DATABASE_URL does not answer: %(reason)s"


class DatabaseBroke(Trouble):
    sentence = "The database broke off: %(reason)s"


class WrongAddress(Trouble):
    sentence = "DATABASE_URL must look like postgresql://user:password@host/name: %(reason)s"
