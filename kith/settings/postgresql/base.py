"""Django's PostgreSQL, asking about a connection's health without a question to the server. Named by DATABASES."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at the socket before each request, where Django sends SELECT 1: that was a fifth of what a page asks."""

    def is_usable(self) -> bool:
        """Return False when the server has hung up. Nothing stands in the socket of an idle connection until it does."""
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0) or bool(super().is_usable())

    def get_connection_params(self) -> dict[str, Any]:
        """Let the server keep plans for who asks it to (people.ask): cursors of Django's never do."""
        return super().get_connection_params() | {"prepare_threshold": 0}

    def init_connection_state(self) -> None:
        """Have one plan serve all values: what is asked that way finds by keys, and took four times as long to plan as to answer."""
        super().init_connection_state()
        self.connection.execute("SET plan_cache_mode = force_generic_plan")
