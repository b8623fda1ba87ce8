"""Telling open pages what happened."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from kith.connect.models import News
from kith.people.api import Community

CHANNEL = "kith_news"
NEWS_KEPT = timedelta(days=1)


def tell(*, community: Community, kind: str, root_id: int, post_id: int, now: datetime) -> None:
    """Tell open pages what happened, once the transaction holds; NOTIFY goes in a small transaction of its own,
    because it takes a lock that all committing transactions share. What was said stands, even when telling fails.
    """

    def send() -> None:
        news = News.objects.create(community=community, kind=kind, root_id=root_id, post_id=post_id, at=now)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, %s)", [CHANNEL, f"{community.pk} {news.pk} {kind} {root_id} {post_id}"]
            )

    transaction.on_commit(send, robust=True)


def sweep_news(*, now: datetime) -> int:
    """Forget news older than a day; returns how many."""
    return News.objects.filter(at__lt=now - NEWS_KEPT).delete()[0]
