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


class PortBusy(Trouble):
    sentence = "Port %(port)s of %(host)s is taken by another program. Stop it, or say: kith serve --port %(other)s"


class PortRefused(Trouble):
    sentence = "Kith cannot listen on %(host)s port %(port)s: %(reason)s."


class NotPrepared(Trouble):
    sentence = "`kith %(command)s` did not succeed; the reason stands above."


class WebWontStart(Trouble):
    sentence = "The web process ended %(times)s times before it answered; the reason stands above."
