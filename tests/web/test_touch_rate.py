"""One address does not open a link more often than people do."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client

from kith.launch.models import Touch
from kith.web.pages.links import NEW_AN_HOUR
from tests.conftest import NOW, Cast, signed_in
from tests.launch.channels import channel, public
from tests.launch.shop import opened

AGENT: dict[str, Any] = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile/15E148"}


def test_new_browsers_of_one_address_count_so_often_in_an_hour_and_all_are_led_on(cast: Cast, settings: Any) -> None:
    cache.clear()
    public(cast)
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    code = channel(cast).code

    def opens(client: Client, **more: Any) -> int:
        return client.get(f"/l/{code}", **AGENT, **more).status_code

    assert {opens(Client()) for _ in range(NEW_AN_HOUR + 3)} == {302}
    assert Touch.objects.count() == NEW_AN_HOUR
    opens(Client(), HTTP_X_FORWARDED_FOR="203.0.113.9")  # without a proxy of ours anybody can write that
    assert Touch.objects.count() == NEW_AN_HOUR
    opens(signed_in(cast.member))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    opens(Client(), HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https")
    assert Touch.objects.count() == NEW_AN_HOUR + 2
