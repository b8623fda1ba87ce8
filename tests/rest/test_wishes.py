"""One's own wishes by the API: what is not given stays."""

from django.test import Client

from tests.conftest import Cast
from tests.rest.calling import ROOT, token_of


def test_letters_are_declined_and_taken_up_and_stay_where_nothing_is_said(cast: Cast) -> None:
    client = Client(headers={"Authorization": f"Bearer {token_of(cast.operator)}"})
    address, plain = f"{ROOT}/communities/shanye/wishes", {"hides_rank": False, "refuses_measures": False}

    def put(**wishes: bool) -> object:
        return client.put(address, plain | wishes, content_type="application/json").json()["declines_letters"]

    assert client.get(address).json()["declines_letters"] is False
    assert [put(declines_letters=True), put(), put(declines_letters=False)] == [True, True, False]
