"""The cache of a process, Django's, without what only memcached needs."""

from django.core.cache.backends.locmem import LocMemCache


class Memory(LocMemCache):
    """Takes any key: looking at each character of thirty costs as much as finding what they name."""

    def validate_key(self, key: str) -> None:
        """Let it pass."""
