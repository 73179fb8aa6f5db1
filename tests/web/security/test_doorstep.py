"""Before anything else: where a request comes from, how large it is, and no sign that no text has."""

from dataclasses import replace

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from commonground.web.accounts import throttle
from commonground.web.accounts.models import User
from commonground.web.doorstep import MOST_BYTES, came_from, network_of
from commonground.web.studies.models import Study

PROXY = "10.0.0.1"


@pytest.fixture
def behind_proxy(settings: Settings) -> None:
    """A site that was told of its proxy."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, trusts_proxy=True)


def tries(client: Client, email: str, password: str, seen_from: str) -> bool:
    told = {"X-Forwarded-For": f"203.0.113.7, {seen_from}"}
    return client.post("/sign-in/", {"email": email, "password": password}, headers=told).status_code == 302


@pytest.mark.usefixtures("behind_proxy")
def test_behind_a_proxy_a_guesser_slows_down_nobody_else(owner: User, password: str) -> None:
    client = Client(REMOTE_ADDR=PROXY)
    for _time in range(throttle.FROM_ONE_ADDRESS):
        assert not tries(client, owner.email, "wrong", "198.51.100.1")
    assert not tries(client, owner.email, password, "198.51.100.1")
    assert tries(client, owner.email, password, "198.51.100.2")


def test_without_a_proxy_nobody_chooses_an_address(owner: User, password: str) -> None:
    client = Client(REMOTE_ADDR="198.51.100.1")
    for number in range(throttle.FROM_ONE_ADDRESS):
        assert not tries(client, owner.email, "wrong", f"203.0.113.{number}")
    assert not tries(client, owner.email, password, "203.0.113.99")


@pytest.mark.parametrize("told", ["", "nonsense", "198.51.100.1, ", "198.51.100.1:80", "<script>"])
@pytest.mark.usefixtures("behind_proxy")
def test_what_is_no_address_is_not_believed(told: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": told})
    assert came_from(request) == PROXY


def test_a_household_with_many_addresses_counts_once() -> None:
    one, other = (RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{end}") for end in ("1", "ffff"))
    assert network_of(one) == network_of(other) == "2001:db8:1:2::/64"


@pytest.mark.django_db
class TestSizesAndSigns:
    @pytest.mark.parametrize("address", ["/sign-in/", "/s/nothing/", "/studies/new/"])
    def test_a_flood_is_refused_before_it_is_read(self, address: str) -> None:
        class Flood:
            """A body that must not be read."""

            def read(self, _size: int = -1) -> bytes:
                raise AssertionError("the body was read")

            readline = read

        answer = Client().generic("POST", address, CONTENT_LENGTH=str(MOST_BYTES + 1), **{"wsgi.input": Flood()})
        assert answer.status_code == 413

    def test_a_sign_that_no_text_has_is_refused(self, as_owner: Client, study: Study) -> None:
        assert as_owner.get(f"{study.public_path}?from=a%00b").status_code == 400
        assert as_owner.get(f"/workspaces/{study.workspace.slug}/log/?study=%00").status_code == 400  # type: ignore[union-attr]  # it is there in this test
        assert as_owner.post(study.public_path, {"visit": "a\x00b", "agree": "yes"}).status_code == 400
        assert as_owner.get("/s/a%00b/").status_code == 400

    def test_what_says_nothing_about_caches_is_kept_by_none(self, as_owner: Client, study: Study) -> None:
        member = study.workspace.memberships.get()  # type: ignore[union-attr]  # it is there in this test
        for address in ("/health/", "/workspaces/new/", f"/workspaces/{study.workspace.slug}/members/{member.pk}/"):  # type: ignore[union-attr]  # it is there in this test
            assert "no-store" in as_owner.get(address).headers["Cache-Control"], address
