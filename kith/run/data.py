"""Errors of the processes."""

from kith.lib.errors import Refusal

NOT_PREPARED = 3  # the exit code by which the web process says so to the supervisor


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


class ToolFailed(Trouble):
    sentence = "%(tool)s did not succeed: %(reason)s"


class BackupExists(Refusal):
    sentence = "%(file)s is already there. Choose another name, or say --replace."


class BackupNotWritten(Trouble):
    sentence = "The backup could not be written to %(file)s: %(reason)s."


class BackupBroken(Refusal):
    sentence = "%(file)s is not a whole backup: %(reason)s. Nothing was changed."


class BackupTooNew(Refusal):
    sentence = (
        "A newer Kith (%(version)s) made this backup: %(migration)s is unknown here. "
        "Update this one first. Nothing was changed."
    )


class NotEmpty(Refusal):
    sentence = "There are people in this database; a restore replaces all of it. Say --yes if that is what you want."


class NotRestored(Trouble):
    sentence = "The backup was not restored: %(reason)s. Nothing was changed."


class WriterUnknown(Refusal):
    sentence = "The database has no role “%(role)s”. This makes it: CREATE ROLE %(role)s LOGIN PASSWORD '…'."


class WriterOwnsTheBooks(Refusal):
    sentence = "“%(role)s” owns the tables or is a superuser: nothing can be denied to it. Take another role."


class MayNotMigrate(Trouble):
    sentence = "This database role may not change tables. Run `kith prepare` as their owner first; %(many)s migrations are pending."
