"""A forgotten password: a link from an owner's hand or by e-mail, used once, telling nobody who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult
from mail_server import MailServer, mail_server
from pytest_django import Settings

from commonground.web.accounts import second_factor, throttle
from commonground.web.accounts.links import password_path
from commonground.web.accounts.models import FailedSignIn, User
from commonground.web.accounts.one_time_codes import STEP_SECONDS, code_at
from commonground.web.workspaces import passwords
from commonground.web.workspaces.actions import create_workspace, set_role
from commonground.web.workspaces.models import AuditEvent, Member, Workspace
from commonground.web.workspaces.roles import Role

NEW = "quite another sentence"


@pytest.fixture
def workspace(owner: User, stranger: User) -> Workspace:
    """A workspace of the owner's in which the stranger is a screener."""
    made = create_workspace(owner=owner, name="Ours")
    set_role(workspace=made, user=stranger, role=Role.SCREENER)
    return made


def page_of(workspace: Workspace, user: User) -> str:
    return f"/workspaces/{workspace.slug}/members/{Member.objects.get(workspace=workspace, user=user).pk}/"


def signs_in(user: User, password: str) -> bool:
    client = Client()
    client.post("/sign-in/", {"email": user.email, "password": password})
    return client.get("/").status_code == 200


class TestFromAnOwnersHand:
    def test_the_link_sets_a_new_password_once(
        self, as_owner: Client, workspace: Workspace, stranger: User, password: str
    ) -> None:
        assert "Make a link to a new password" in as_owner.get(page_of(workspace, stranger)).content.decode()
        page = as_owner.post(f"{page_of(workspace, stranger)}password/").content.decode()
        (path,) = re.findall(r'value="http://localhost:8000(/password/new/[^"]+)"', page)
        device = Client()
        assert device.get(path).status_code == 200
        assert "too short" in device.post(path, {"password": "short"}).content.decode()
        assert device.post(path, {"password": NEW}).headers["Location"] == "/sign-in/"
        assert device.get("/").status_code == 302  # the link alone signs nobody in
        assert signs_in(stranger, NEW)
        assert not signs_in(stranger, password)
        assert device.get(path).status_code == 404
        assert device.post(path, {"password": "something else again"}).status_code == 404
        assert signs_in(stranger, NEW)

    def test_the_log_tells_who_made_it_and_that_it_was_used(
        self, as_owner: Client, workspace: Workspace, owner: User, stranger: User
    ) -> None:
        as_owner.post(f"{page_of(workspace, stranger)}password/")
        Client().post(password_path(stranger), {"password": NEW})
        made, used = AuditEvent.objects.filter(workspace=workspace, action__contains="password")
        assert (made.action, made.actor, made.details["who"]) == ("made password link", owner.email, stranger.email)
        assert (used.action, used.actor) == ("set password by link", stranger.email)
        assert not re.search(r"[0-9a-z]{6}-[0-9a-f]{32}", str(list(AuditEvent.objects.values())))

    def test_nobody_gets_one_for_a_person_of_another_workspace(
        self, as_owner: Client, workspace: Workspace, stranger: User, password: str
    ) -> None:
        create_workspace(owner=stranger, name="Theirs")
        page = as_owner.get(page_of(workspace, stranger)).content.decode()
        assert "a workspace that you do not manage" in page
        answer = as_owner.post(f"{page_of(workspace, stranger)}password/", follow=True).content.decode()
        assert "/password/new/" not in answer
        assert "no link was made" in answer
        assert not AuditEvent.objects.filter(action="made password link").exists()

    @pytest.mark.parametrize("role", [role for role in Role.values if role != Role.OWNER])
    def test_other_roles_make_none(self, client: Client, workspace: Workspace, stranger: User, role: str) -> None:
        helper = User.objects.create_user("helper@example.org", "a calm long sentence")
        set_role(workspace=workspace, user=helper, role=role)
        client.force_login(helper)
        assert client.post(f"{page_of(workspace, stranger)}password/").status_code == 403

    def test_reading_the_page_makes_none(self, as_owner: Client, workspace: Workspace, stranger: User) -> None:
        assert as_owner.get(f"{page_of(workspace, stranger)}password/").status_code == 302
        assert not AuditEvent.objects.filter(action="made password link").exists()

    def test_open_sessions_end_and_the_second_factor_stays(self, workspace: Workspace, stranger: User) -> None:
        secret, now = b"12345678901234567890", timezone.now()
        code = code_at(secret, int(now.timestamp()) // STEP_SECONDS)
        assert second_factor.turn_on(user=stranger, secret=secret, code=code, now=now)
        open_elsewhere = Client()
        open_elsewhere.force_login(stranger)
        Client().post(password_path(stranger), {"password": NEW})
        assert open_elsewhere.get("/").status_code == 302
        assert not signs_in(stranger, NEW)  # the code is still asked for

    @pytest.mark.parametrize("what", ["a sign-in", "a day", "a password changed", "leaving the site"])
    def test_what_ends_a_link(self, workspace: Workspace, stranger: User, settings: Settings, what: str) -> None:
        path = password_path(stranger)
        if what == "a sign-in":
            Client().force_login(stranger)
        elif what == "a password changed":
            stranger.set_password("in between another one")
            stranger.save()
        elif what == "leaving the site":
            User.objects.update(is_active=False)
        else:
            settings.PASSWORD_RESET_TIMEOUT = -1
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"password": NEW}).status_code == 404

    def test_a_link_is_nobody_elses(self, workspace: Workspace, owner: User, stranger: User) -> None:
        path = password_path(stranger).replace(f"/{stranger.pk}/", f"/{owner.pk}/")
        assert Client().post(path, {"password": NEW}).status_code == 404

    @pytest.mark.parametrize("path", ["0/x-y/", "1/x/", "99999999999999999999/a-b/", "1/..%2f-x/"])
    def test_made_up_links_lead_nowhere(self, workspace: Workspace, path: str) -> None:
        assert Client().get(f"/password/new/{path}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_sets_the_password(owner: User) -> None:
    from commonground.web.accounts.links import _PASSWORD_TOKENS  # a token as a link holds it

    token = _PASSWORD_TOKENS.make_token(owner)

    def use(place: int) -> bool:
        try:
            passwords.set_by_link(number=owner.pk, token=token, password=f"{NEW} {place}")
        except passwords.LinkIsOverError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]


@pytest.fixture
def letters(settings: Settings) -> MailServer:
    """A mail server, and a site that knows it."""
    with mail_server() as server:
        settings.SENDS_EMAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.DEFAULT_FROM_EMAIL = "studies@example.org"
        yield server


def work() -> None:
    """What the worker does with what waits."""
    for waiting in DBTaskResult.objects.ready():
        result = default_task_backend.get_result(waiting.id)
        waiting.task.call(*result.args, **result.kwargs)
        waiting.delete()


@pytest.mark.django_db
class TestByEMail:
    def test_a_letter_brings_the_link(self, letters: MailServer, stranger: User) -> None:
        page = Client().post("/password/forgotten/", {"email": "Stranger@Example.org"}).content.decode()
        assert "A letter is on its way" in page
        work()
        (letter,) = letters.letters
        assert letter["To"] == stranger.email
        (path,) = re.findall(r"http://localhost:8000(/password/new/\S+)", letter.get_content())
        assert Client().post(path, {"password": NEW}).status_code == 302
        assert signs_in(stranger, NEW)

    def test_nobody_learns_who_has_an_account(self, letters: MailServer, stranger: User) -> None:
        def asked(email: str) -> tuple[str, int]:
            page = Client().post("/password/forgotten/", {"email": email}).content.decode()
            return page.replace(email, ""), DBTaskResult.objects.count()

        def without_tokens(page: str) -> str:
            return re.sub(r'value="\w{64}"', "", page)

        known, after_one = asked("stranger@example.org")
        unknown, after_two = asked("nobodyy@example.org")
        assert without_tokens(known) == without_tokens(unknown)
        assert (after_one, after_two) == (1, 2)  # as much work for either
        assert "nobodyy" not in str(list(DBTaskResult.objects.values()))
        work()
        assert [letter["To"] for letter in letters.letters] == [stranger.email]

    def test_a_letter_speaks_the_language_of_the_page(self, letters: MailServer, stranger: User) -> None:
        client = Client(headers={"accept-language": "fr"})
        client.post("/password/forgotten/", {"email": stranger.email})
        work()
        assert "mot de passe" in letters.letters[0].get_content()

    def test_letters_have_an_end(self, letters: MailServer, stranger: User) -> None:
        for _time in range(throttle.FROM_ONE_ADDRESS + 3):
            assert Client().post("/password/forgotten/", {"email": stranger.email}).status_code == 200
        assert DBTaskResult.objects.count() == throttle.FROM_ONE_ADDRESS
        FailedSignIn.objects.update(at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
        Client().post("/password/forgotten/", {"email": stranger.email})
        assert DBTaskResult.objects.count() == throttle.FROM_ONE_ADDRESS + 1

    def test_asking_for_letters_does_not_shut_the_sign_in(
        self, letters: MailServer, stranger: User, password: str
    ) -> None:
        for _time in range(throttle.FROM_ONE_ADDRESS + 1):
            Client().post("/password/forgotten/", {"email": stranger.email})
        assert signs_in(stranger, password)

    @pytest.mark.parametrize("email", ["x", "a@example.org\nBcc: b@example.org", ""])
    def test_what_is_no_address_gets_no_letter(self, letters: MailServer, email: str) -> None:
        Client().post("/password/forgotten/", {"email": email})
        assert not DBTaskResult.objects.exists()

    def test_a_server_that_is_down_is_told_without_the_address(
        self, letters: MailServer, stranger: User, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_PORT = 1
        Client().post("/password/forgotten/", {"email": stranger.email})
        work()
        assert "a letter could not be sent: ConnectionRefusedError" in caplog.text
        assert stranger.email not in caplog.text

    def test_a_forged_host_is_no_part_of_the_link(self, letters: MailServer, stranger: User) -> None:
        Client().post("/password/forgotten/", {"email": stranger.email}, HTTP_HOST="127.0.0.1")
        work()
        assert "http://localhost:8000/password" in letters.letters[0].get_content()


@pytest.mark.django_db
def test_a_site_without_a_mail_server_says_who_can_help(owner: User) -> None:
    answer = Client().post("/password/forgotten/", {"email": owner.email})
    assert "Ask an owner of your workspace" in answer.content.decode()
    assert not DBTaskResult.objects.exists()
