"""One's own devices by the API."""

from typing import Any

from kith.connect import api as connect
from tests.conftest import Cast
from tests.connect.pushing import browser
from tests.rest.calling import Calls


def test_a_device_is_added_listed_and_removed_by_its_person(cast: Cast, settings: Any) -> None:
    settings.PUSH_INNER = True
    mine, others = Calls(cast.member), Calls(cast.other)
    with browser() as phone:
        device = phone.device()
    made = mine(
        "POST",
        "/me/devices",
        {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth, "label": "手机"},
    )
    found = mine("GET", "/me/devices")
    assert (found["devices"], found["push_key"]) == ([made], connect.push_key())
    assert (made["label"], len(made["digest"])) == ("手机", 64)
    assert others("GET", "/me/devices")["devices"] == []
    assert (others("DELETE", f"/me/devices/{made['id']}")["error"], others.status) == ("NoSuchDevice", 404)
    mine("DELETE", f"/me/devices/{made['id']}")
    assert (mine.status, connect.count_devices()) == (204, 0)
    settings.PUSH_INNER = False
    sent = {"endpoint": "https://localhost/x", "p256dh": device.p256dh, "auth": device.auth}
    assert mine("POST", "/me/devices", sent)["error"] == "InnerAddress"
    assert (
        mine("POST", "/me/devices", sent | {"endpoint": "https://push.example.org/", "auth": "x"})["error"]
        == "BadDevice"
    )
