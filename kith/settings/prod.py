"""How `kith serve` runs."""

from kith.settings.base import *
