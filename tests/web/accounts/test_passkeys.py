"""Passkeys: made after the password was shown, signing in alone, and refused where anything does not fit."""

import html
import json
import re
from datetime import timedelta

import pytest
from authenticator import PRESENT, Device
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from commonground.web.accounts import passkey_pages, second_factor
from commonground.web.accounts import passkeys as keys
from commonground.web.accounts.models import Passkey, RecoveryCode, User
from commonground.web.site.daily import do_what_is_due

SITE = "http://localhost:8000"
PAGE, MADE = "/account/passkeys/", "/account/passkeys/new/"
SHOWN, QUESTION = "/sign-in/passkey/", "/sign-in/passkey/question/"


@pytest.fixture(autouse=True)
def at_the_sites_address(settings: Settings) -> None:
    settings.SITE_URL = SITE


def browser(user: User | None = None) -> Client:
    """A browser at the site's own address."""
    made = Client(HTTP_HOST="localhost:8000")
    if user:
        made.force_login(user)
    return made


def asked_to_make(client: Client, password: str, name: str = "My laptop") -> dict:
    page = client.post(PAGE, {"name": name, "current": password}).content.decode()
    (options,) = re.findall(r'data-options="([^"]+)"', page)
    return json.loads(html.unescape(options))


def make(client: Client, device: Device, password: str, name: str = "My laptop") -> str:
    answer = device.make(asked_to_make(client, password, name))
    return client.post(MADE, {"answer": answer}, follow=True).content.decode()


def asked(client: Client) -> dict:
    return client.post(QUESTION).json()


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.fixture
def device(owner: User, password: str) -> Device:
    """A device that holds a passkey of the owner's."""
    made = Device()
    make(browser(owner), made, password)
    return made


class TestMaking:
    def test_the_first_one_brings_recovery_codes(self, owner: User, password: str) -> None:
        client = browser(owner)
        page = make(client, Device(), password)
        assert len(re.findall(r"<code>\w{5}-\w{5}</code>", page)) == second_factor.RECOVERY_CODES
        second = make(client, Device(key_id=b"another passkey, on the phone"), password, "Phone")
        assert "<code>" not in second
        assert list(owner.passkeys.values_list("name", flat=True)) == ["My laptop", "Phone"]
        assert len(set(owner.passkeys.values_list("handle", flat=True))) == 1

    def test_what_the_device_is_told_names_nobody_by_number(self, owner: User, password: str) -> None:
        options = asked_to_make(browser(owner), password)["publicKey"]
        assert len(websafe_decode(options["user"]["id"])) == keys.HANDLE_BYTES
        assert options["rp"]["id"] == "localhost"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        assert options["authenticatorSelection"]["residentKey"] == "required"

    def test_an_open_session_alone_makes_none(self, owner: User) -> None:
        client = browser(owner)
        assert "data-options" not in client.post(PAGE, {"name": "Mine", "current": "wrong"}).content.decode()
        client.post(MADE, {"answer": Device().make({"publicKey": {"user": {"id": "AA"}, "challenge": "AA"}})})
        assert not Passkey.objects.exists()

    def test_a_question_is_answered_once(self, owner: User, password: str) -> None:
        client, device = browser(owner), Device()
        answer = device.make(asked_to_make(client, password))
        client.post(MADE, {"answer": answer})
        Passkey.objects.all().delete()
        client.post(MADE, {"answer": answer})
        assert not Passkey.objects.exists()

    def test_a_known_key_is_not_kept_twice_nor_taken_over(self, device: Device, stranger: User, password: str) -> None:
        assert "could not be kept" in make(browser(stranger), device, password)
        assert Passkey.objects.count() == 1

    @pytest.mark.parametrize(
        "bent", [{"origin": "https://evil.example"}, {"origin": "http://localhost:9999"}, {"host": "evil.example"}]
    )
    def test_what_was_made_elsewhere_is_refused(self, owner: User, password: str, bent: dict) -> None:
        assert "could not be kept" in make(browser(owner), Device(**bent), password)
        assert not Passkey.objects.exists()

    def test_a_device_that_asked_for_no_finger_is_refused(self, owner: User, password: str) -> None:
        assert "could not be kept" in make(browser(owner), Device(flags=PRESENT), password)


class TestSigningIn:
    def test_the_passkey_alone_lets_in_to_the_page_that_was_asked_for(self, device: Device) -> None:
        client = browser()
        answer = client.post(SHOWN, {"answer": device.show(asked(client)), "next": "/studies/new/"})
        assert answer.headers["Location"] == "/studies/new/"
        assert is_in(client)
        assert client.session.get_expiry_age() > timedelta(days=13).total_seconds()
        assert "passkey_asked" not in client.session

    def test_the_session_gets_a_new_key(self, device: Device) -> None:
        client = browser()
        answer = device.show(asked(client))
        before = client.session.session_key
        client.post(SHOWN, {"answer": answer})
        assert client.session.session_key != before

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
    def test_it_never_leads_to_another_site(self, device: Device, elsewhere: str) -> None:
        client = browser()
        answer = client.post(SHOWN, {"answer": device.show(asked(client)), "next": elsewhere})
        assert answer.headers["Location"] == "/"

    def test_the_question_tells_nothing_of_who_has_an_account(self, device: Device) -> None:
        first, second = asked(browser()), asked(browser())
        assert set(first["publicKey"]) == {"challenge", "rpId", "userVerification"} == set(second["publicKey"])
        assert first["publicKey"]["challenge"] != second["publicKey"]["challenge"]

    def test_an_answer_is_taken_once(self, device: Device) -> None:
        client = browser()
        answer = device.show(asked(client))
        client.post(SHOWN, {"answer": answer})
        client.post("/sign-out/")
        client.post(SHOWN, {"answer": answer})
        assert not is_in(client)

    def test_an_answer_to_another_question_is_refused(self, device: Device) -> None:
        client = browser()
        elsewhere = asked(browser())
        asked(client)
        client.post(SHOWN, {"answer": device.show(elsewhere)})
        assert not is_in(client)

    def test_a_question_of_long_ago_is_forgotten(self, device: Device) -> None:
        client = browser()
        answer = device.show(asked(client))
        kept = client.session
        kept["passkey_asked"] = kept["passkey_asked"] | {"until": timezone.now().timestamp() - 1}
        kept.save()
        client.post(SHOWN, {"answer": answer})
        assert not is_in(client)

    @pytest.mark.parametrize("name", ["origin", "host", "flags", "uses", "key", "key_id", "handle"])
    def test_anything_that_does_not_fit_is_refused(self, device: Device, name: str) -> None:
        wrong = {
            "origin": "https://localhost:8000",
            "host": "example.org",
            "flags": PRESENT,
            "uses": 0,  # the counter of a copy that was made before
            "key": Device().key,
            "key_id": b"a key nobody has ever made here",
            "handle": b"somebody else",
        }
        setattr(device, name, wrong[name])
        client = browser()
        page = client.post(SHOWN, {"answer": device.show(asked(client))}, follow=True).content.decode()
        assert "not known here" in page
        assert not is_in(client)

    def test_a_device_that_does_not_count_works_again_and_again(self, owner: User, password: str) -> None:
        device = Device(counts=False)
        make(browser(owner), device, password)
        for _time in range(2):
            client = browser()
            client.post(SHOWN, {"answer": device.show(asked(client))})
            assert is_in(client)

    def test_who_is_no_longer_active_stays_outside(self, device: Device, owner: User) -> None:
        User.objects.update(is_active=False)
        client = browser()
        client.post(SHOWN, {"answer": device.show(asked(client))})
        assert not is_in(client)

    def test_a_foreign_form_gets_neither_question_nor_way_in(self, device: Device) -> None:
        client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost:8000")
        assert client.post(QUESTION).status_code == 403
        assert client.post(SHOWN, {"answer": "{}"}).status_code == 403

    def test_the_password_alone_no_longer_lets_in(self, device: Device, owner: User, password: str) -> None:
        client = browser()
        answer = client.post("/sign-in/", {"email": owner.email, "password": password})
        assert answer.headers["Location"].startswith("/sign-in/code/")
        assert "Now the passkey" in client.get("/sign-in/code/").content.decode()
        assert not is_in(client)
        client.post(SHOWN, {"answer": device.show(asked(client))})
        assert is_in(client)

    def test_a_recovery_code_stands_in_for_a_lost_device(self, device: Device, owner: User, password: str) -> None:
        (code, *_others) = second_factor.new_recovery_codes(user=owner)
        client = browser()
        client.post("/sign-in/", {"email": owner.email, "password": password})
        client.post("/sign-in/code/", {"code": code})
        assert is_in(client)

    @given(
        answer=st.one_of(
            st.text(max_size=40),
            st.recursive(
                st.none() | st.integers() | st.text(max_size=8),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData"]),
                        inner,
                        max_size=6,
                    )
                ),
                max_leaves=12,
            ).map(json.dumps),
            st.binary(max_size=80).map(
                lambda said: json.dumps(
                    {
                        "id": "AAAA",
                        "rawId": "AAAA",
                        "type": "public-key",
                        "response": {
                            "clientDataJSON": websafe_encode(b'{"type":"webauthn.get","challenge":"AA","origin":"x"}'),
                            "authenticatorData": websafe_encode(said),
                            "attestationObject": websafe_encode(said),
                            "signature": "AA",
                        },
                    }
                )
            ),
        )
    )
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_whatever_a_browser_sends_is_refused_in_words(self, owner: User, answer: str) -> None:
        state = keys.ask_who().state
        with pytest.raises(keys.PasskeyRefusedError):
            keys.who_answered(state=state, answer=answer, now=timezone.now())
        with pytest.raises(keys.PasskeyRefusedError):
            keys.make(user=owner, name="x", state={**state, "handle": "AA"}, answer=answer, now=timezone.now())


class TestNamingAndRemoving:
    def test_a_passkey_gets_another_name(self, device: Device, owner: User) -> None:
        one = owner.passkeys.get()
        browser(owner).post(f"{PAGE}{one.pk}/", {"do": "name", "name": "Old laptop"})
        assert owner.passkeys.get().name == "Old laptop"

    def test_removing_needs_the_password_and_ends_recovery_codes(
        self, device: Device, owner: User, password: str
    ) -> None:
        client, one = browser(owner), owner.passkeys.get()
        client.post(f"{PAGE}{one.pk}/", {"do": "remove", "current": "wrong"})
        assert owner.passkeys.exists()
        client.post(f"{PAGE}{one.pk}/", {"do": "remove", "current": password})
        assert not owner.passkeys.exists()
        assert not RecoveryCode.objects.exists()
        assert not second_factor.has_second_factor(owner)

    def test_recovery_codes_stay_while_another_factor_is_there(self, device: Device, owner: User) -> None:
        second_factor.turn_off(user=owner)
        assert RecoveryCode.objects.exists()

    def test_nobody_reaches_the_passkey_of_another(self, device: Device, owner: User, stranger: User) -> None:
        address = f"{PAGE}{owner.passkeys.get().pk}/"
        client = browser(stranger)
        assert client.get(address).status_code == 404
        assert client.post(address, {"do": "name", "name": "mine"}).status_code == 404

    def test_a_name_is_shown_as_text(self, owner: User, password: str) -> None:
        client = browser(owner)
        make(client, Device(), password, "<script>alert(1)</script>")
        assert "<script>alert" not in client.get(PAGE).content.decode()

    def test_new_recovery_codes_need_the_password(self, device: Device, owner: User, password: str) -> None:
        client, before = browser(owner), set(RecoveryCode.objects.values_list("code_hash", flat=True))
        client.post("/account/recovery-codes/", {"current": "wrong"})
        assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) == before
        client.post("/account/recovery-codes/", {"current": password})
        assert not set(RecoveryCode.objects.values_list("code_hash", flat=True)) & before

    def test_without_a_second_factor_there_is_nothing_to_recover(self, owner: User, password: str) -> None:
        browser(owner).post("/account/recovery-codes/", {"current": password})
        assert not RecoveryCode.objects.exists()

    def test_the_terminal_helps_who_has_lost_everything(self, device: Device, owner: User) -> None:
        call_command("turn_off_second_factor", owner.email)
        assert not second_factor.has_second_factor(owner)
        assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize(
    ("site", "opened_at", "words"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "a number for an address"),
        ("https://[2001:db8::1]", "[2001:db8::1]", "a number for an address"),
        ("http://survey.example.org", "survey.example.org", "encrypted address"),
        ("http://localhost:8000", "127.0.0.1:8000", "Open http://localhost:8000 instead"),
        ("http://localhost:8000", "localhost:8000", ""),
        ("https://survey.example.org", "survey.example.org", ""),
    ],
)
def test_why_there_can_be_no_passkeys_is_said(site: str, opened_at: str, words: str) -> None:
    said = keys.why_not(site, opened_at)
    assert (words in said) if words else not said


def test_a_number_for_an_address_is_refused_on_the_page(owner: User, password: str, settings: Settings) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    client = browser(owner)
    assert "a number for an address" in client.get(PAGE).content.decode()
    assert "data-options" not in client.post(PAGE, {"name": "Mine", "current": password}).content.decode()


def test_signing_out_everywhere_ends_other_sessions_and_no_more(owner: User) -> None:
    here, there = browser(owner), browser(owner)
    here.post("/account/sign-out-elsewhere/")
    assert is_in(here)
    assert not is_in(there)


def test_sessions_that_are_over_are_deleted(owner: User) -> None:
    from django.contrib.sessions.models import Session

    here = browser(owner)
    browser().post(QUESTION)
    assert Session.objects.count() == 2
    do_what_is_due(timezone.now() + keys_last())
    assert Session.objects.count() == 1
    assert is_in(here)


def keys_last() -> timedelta:
    """Longer than a question waits for its answer."""
    return passkey_pages.LASTS + timedelta(minutes=1)
