"""The door of the embedded PostgreSQL."""

from kith.postgres.binaries import program
from kith.postgres.data import (
    DatabaseBusy,
    DatabaseOfAnother,
    DatabaseVersion,
    DatabaseWontStart,
    DatabaseWontStop,
    NoDatabaseUser,
    NoPostgres,
)
from kith.postgres.holding import Held, hold, is_running, running

__all__ = [
    "DatabaseBusy",
    "DatabaseOfAnother",
    "DatabaseVersion",
    "DatabaseWontStart",
    "DatabaseWontStop",
    "Held",
    "NoDatabaseUser",
    "NoPostgres",
    "hold",
    "is_running",
    "program",
    "running",
]
