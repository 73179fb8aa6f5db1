"""The second factor: a code from the phone after the password, each taken once."""

import re
from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from commonground.web.accounts import second_factor, throttle
from commonground.web.accounts.models import FailedSignIn, RecoveryCode, SecondFactor, User
from commonground.web.accounts.one_time_codes import STEP_SECONDS, code_at, step_of

SECRET = b"12345678901234567890"
PAGE = "/account/second-factor/"


def code(ahead: int = 0, secret: bytes = SECRET) -> str:
    return code_at(secret, int(timezone.now().timestamp()) // STEP_SECONDS + ahead)


@pytest.fixture
def codes(owner: User) -> list[str]:
    """The owner's recovery codes; their phone has been used a while ago."""
    made = second_factor.turn_on(user=owner, secret=SECRET, code=code(), now=timezone.now())
    SecondFactor.objects.update(last_step=0)
    return made


@pytest.fixture
def half_way(client: Client, owner: User, codes: list[str], password: str) -> Client:
    """A browser in which the password was typed."""
    answer = client.post("/sign-in/", {"email": owner.email, "password": password, "next": "/studies/new/"})
    assert answer.headers["Location"] == "/sign-in/code/?next=%2Fstudies%2Fnew%2F"
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, expected: str) -> None:
    """RFC 6238, appendix B, the last six of the eight digits printed there."""
    assert code_at(SECRET, seconds // STEP_SECONDS) == expected


def test_a_clock_may_be_half_a_minute_off_and_no_more() -> None:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    steps = [
        step_of(SECRET, code_at(SECRET, int(now.timestamp()) // STEP_SECONDS + off), now=now) for off in range(-2, 3)
    ]
    assert [step is not None for step in steps] == [False, True, True, True, False]


class TestSigningIn:
    def test_the_password_alone_does_not_let_in(self, half_way: Client) -> None:
        assert not is_in(half_way)

    def test_the_code_lets_in_to_the_page_that_was_asked_for(self, half_way: Client) -> None:
        before = half_way.session.session_key
        answer = half_way.post("/sign-in/code/", {"code": code(), "next": "/studies/new/"})
        assert answer.headers["Location"] == "/studies/new/"
        assert is_in(half_way)
        assert half_way.session.session_key != before
        assert "signing_in" not in half_way.session

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
    def test_the_code_never_leads_to_another_site(self, half_way: Client, elsewhere: str) -> None:
        assert half_way.post("/sign-in/code/", {"code": code(), "next": elsewhere}).headers["Location"] == "/"

    def test_a_code_is_taken_once(self, half_way: Client, owner: User, password: str) -> None:
        used = code()
        half_way.post("/sign-in/code/", {"code": used})
        other = Client()
        other.post("/sign-in/", {"email": owner.email, "password": password})
        assert "used before" in other.post("/sign-in/code/", {"code": used}).content.decode()
        other.post("/sign-in/code/", {"code": code(-1)})
        assert not is_in(other)  # nor one before it
        other.post("/sign-in/code/", {"code": code(1)})
        assert is_in(other)

    def test_a_recovery_code_lets_in_once(self, half_way: Client, codes: list[str], owner: User, password: str) -> None:
        half_way.post("/sign-in/code/", {"code": codes[0].upper().replace("-", " ")})
        assert is_in(half_way)
        other = Client()
        other.post("/sign-in/", {"email": owner.email, "password": password})
        other.post("/sign-in/code/", {"code": codes[0]})
        assert not is_in(other)

    def test_guessing_has_to_wait_wherever_it_comes_from(self, half_way: Client) -> None:
        for place in range(throttle.FROM_ONE_ADDRESS):
            half_way.post("/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{place}")
        assert "too many attempts" in half_way.post("/sign-in/code/", {"code": code()}).content.decode()
        assert not is_in(half_way)
        FailedSignIn.objects.update(at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
        half_way.post("/sign-in/code/", {"code": code()})
        assert is_in(half_way)

    def test_what_the_password_opened_ends(self, half_way: Client, owner: User) -> None:
        kept = half_way.session
        kept["signing_in"] = kept["signing_in"] | {"until": timezone.now().timestamp() - 1}
        kept.save()
        assert half_way.post("/sign-in/code/", {"code": code()}).headers["Location"] == "/sign-in/"

    def test_a_changed_password_ends_it_too(self, half_way: Client, owner: User) -> None:
        owner.set_password("another long sentence")
        owner.save()
        assert half_way.post("/sign-in/code/", {"code": code()}).headers["Location"] == "/sign-in/"

    def test_without_a_password_there_is_no_second_step(self, client: Client, codes: list[str]) -> None:
        assert client.post("/sign-in/code/", {"code": code()}).headers["Location"] == "/sign-in/"
        assert not is_in(client)

    def test_a_changed_site_key_lets_nobody_in_by_phone(
        self, client: Client, owner: User, codes: list[str], settings: Settings, password: str
    ) -> None:
        settings.SECRET_KEY = "another key of the site altogether"
        client.post("/sign-in/", {"email": owner.email, "password": password})
        client.post("/sign-in/code/", {"code": code()})
        assert not is_in(client)


class TestAccountPages:
    def test_it_is_turned_on_by_a_right_code(self, as_owner: Client, owner: User) -> None:
        page = as_owner.get(PAGE).content.decode()
        (letters,) = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
        secret = b32decode(letters.replace(" ", ""))
        assert "does not fit" in as_owner.post(PAGE, {"code": "000000"}).content.decode()
        assert not second_factor.has_second_factor(owner)
        shown = as_owner.post(PAGE, {"code": code(secret=secret)}).content.decode()
        assert len(re.findall(r"<code>\w{5}-\w{5}</code>", shown)) == second_factor.RECOVERY_CODES
        assert second_factor.has_second_factor(owner)

    def test_nothing_that_is_stored_makes_codes(self, owner: User, codes: list[str]) -> None:
        kept = SecondFactor.objects.get().sealed_secret + str(list(RecoveryCode.objects.values()))
        assert SECRET.decode() not in kept
        assert not any(one.replace("-", "") in kept for one in codes)

    def test_a_session_alone_cannot_turn_it_off(self, as_owner: Client, owner: User, codes: list[str]) -> None:
        as_owner.post(PAGE, {"do": "off", "code": "000000"})
        assert second_factor.has_second_factor(owner)
        as_owner.post(PAGE, {"do": "off", "code": code()})
        assert not second_factor.has_second_factor(owner)
        assert not RecoveryCode.objects.exists()

    def test_new_recovery_codes_end_the_old_ones(self, as_owner: Client, owner: User, codes: list[str]) -> None:
        as_owner.post(PAGE, {"do": "codes", "code": codes[0]})
        assert not second_factor.takes(user=owner, code=codes[1], now=timezone.now())

    def test_a_foreign_form_changes_nothing(self, owner: User, codes: list[str]) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(owner)
        assert browser.post(PAGE, {"do": "off", "code": code()}).status_code == 403
        assert browser.post("/sign-in/code/", {"code": code()}).status_code == 403
        assert second_factor.has_second_factor(owner)


def test_the_terminal_helps_who_has_lost_everything(owner: User, codes: list[str]) -> None:
    call_command("turn_off_second_factor", "Owner@Example.org")
    assert not second_factor.has_second_factor(owner)
    with pytest.raises(CommandError, match="no account"):
        call_command("turn_off_second_factor", "nobody@example.org")
