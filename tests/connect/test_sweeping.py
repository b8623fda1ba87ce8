"""News for open pages does not pile up: an hourly task forgets what is a day old."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from kith.connect.models import News
from kith.connect.tasks import sweep_news
from tests.conftest import Cast


@pytest.mark.django_db
def test_the_worker_forgets_news_older_than_a_day(cast: Cast) -> None:
    now = timezone.now()
    for age in (timedelta(hours=25), timedelta(hours=23)):
        News.objects.create(community=cast.home, kind="post", root_id=1, post_id=1, at=now - age)
    sweep_news(timestamp=int(now.timestamp()))
    assert [news.at for news in News.objects.all()] == [now - timedelta(hours=23)]


def test_the_worker_knows_the_task_and_its_hour() -> None:
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["connect.sweep_news"] == "17 * * * *"
