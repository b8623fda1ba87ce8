"""What crosses the door of the embedded database: its errors and the place where it lives."""

from dataclasses import dataclass
from pathlib import Path

from kith.lib.errors import Refusal


class DatabaseWontStart(Refusal):
    sentence = "The database in %(folder)s does not start. It says: %(log)s"
    status = 503


class DatabaseWontStop(Refusal):
    sentence = "The database in %(folder)s does not stop. See its log: %(log)s"
    status = 503


class DatabaseBusy(Refusal):
    sentence = (
        "Something else has held the database in %(folder)s for %(seconds)s seconds: "
        "another Kith that starts or stops it, or one in another container. Stop that one first."
    )
    status = 503


class DatabaseOfAnother(Refusal):
    sentence = "%(folder)s belongs to another user of this machine. Start Kith as that user, or set another KITH_DATA."
    status = 503


class DatabaseVersion(Refusal):
    sentence = (
        "%(folder)s was made by PostgreSQL %(found)s and this Kith carries %(wanted)s. "
        "Back up with the older Kith, then restore with this one into a new folder."
    )
    status = 503


class NoDatabaseUser(Refusal):
    sentence = (
        "PostgreSQL refuses to run as root, and the user %(user)s could not be made: %(reason)s. "
        "Make it by hand, start Kith as an ordinary user, or set DATABASE_URL."
    )
    status = 503


class NoPostgres(Refusal):
    sentence = (
        "This installation carries no PostgreSQL for this machine (%(reason)s). Set DATABASE_URL to a server of yours."
    )
    status = 503


@dataclass(frozen=True, slots=True)
class Place:
    """Where one embedded database keeps its things, below the folder KITH_DATA."""

    folder: Path

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def switch(self) -> Path:
        """Locked by the process that starts or stops the server."""
        return self.folder / "postgres.switch"

    @property
    def held(self) -> Path:
        """Locked, shared, by every process that needs the server; the last one out stops it."""
        return self.folder / "postgres.held"
