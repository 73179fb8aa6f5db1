"""What holds for every address there is: no foreign form is taken, no header is missing, nothing fails on nonsense."""

import pytest
from addresses import Address, every_address
from django.test import Client
from pytest_django import Settings

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partnership
from commonground.web.studies.models import Study

ADDRESSES = list(every_address())
NAMES = [one.name for one in ADDRESSES]
HUGE = 10**30
NONSENSE = dict.fromkeys(
    ("page", "study", "from", "workspace", "language", "next", "to", "who", "token", "with", "do", "wish"),
    "%F0%9F%92%A9'\"<;--",
)


def known(study: Study) -> dict[str, object]:
    """What stands in the places of addresses."""
    assert study.workspace
    partnership = Partnership.objects.filter(workspace=study.workspace).first()
    return {
        "public_id": study.public_id,
        "workspace": study.workspace.slug,
        "partnership": partnership.public_id if partnership else "none",
    }


def test_the_walk_finds_the_pages() -> None:
    assert {"home", "results:overview", "workspaces:members", "respond:enter", "items_public:item"} <= set(NAMES)
    assert len(ADDRESSES) > 100


@pytest.mark.parametrize("address", ADDRESSES, ids=NAMES)
def test_no_view_is_freed_from_the_check_of_forms(address: Address) -> None:
    assert not getattr(address.view, "csrf_exempt", False)


def test_no_foreign_form_is_taken(owner: User, study: Study) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    taken = {}
    for address in ADDRESSES:
        answer = browser.post(address.filled(**known(study)), {"name": "x"})
        if answer.status_code not in {403, 405}:
            taken[address.name] = answer.status_code
    assert not taken


def test_headers_and_policy_of_every_page(owner: User, study: Study, client: Client) -> None:
    client.force_login(owner)
    wrong = []
    for address in ADDRESSES:
        answer = client.get(address.filled(**known(study)))
        headers = answer.headers
        policy = headers.get("Content-Security-Policy", "")
        promised = {
            "a policy": policy.startswith(("base-uri", "default-src")) or "default-src 'none'" in policy,
            "nothing inside the page": "unsafe" not in policy,
            "nothing from elsewhere": "http" not in policy and "*" not in policy,
            "no frame but our own": any(f"frame-ancestors {one}" in policy for one in ("'none'", "'self'")),
            "no guessing of types": headers.get("X-Content-Type-Options") == "nosniff",
            "no address told": headers.get("Referrer-Policy") == "same-origin",
            "kept by no shared cache": any(one in headers.get("Cache-Control", "") for one in ("no-store", "private")),
        }
        wrong += [(address.name, what) for what, holds in promised.items() if not holds]
    assert not wrong


def test_only_the_preview_may_be_framed_and_only_by_this_site(owner: User, study: Study, client: Client) -> None:
    client.force_login(owner)
    framed = set()
    for address in ADDRESSES:
        answer = client.get(address.filled(**known(study)))
        if answer.headers.get("X-Frame-Options") != "DENY":
            assert answer.headers.get("X-Frame-Options") == "SAMEORIGIN", address.name
            framed.add(address.name.partition(":")[0])
    assert framed <= {"preview"}


def test_nonsense_is_answered_in_words(owner: User, study: Study, client: Client) -> None:
    """The client raises what a view raises, so whatever fails on the server fails here."""
    client.force_login(owner)
    places = {**known(study), **dict.fromkeys(("number", "entry", "place", "stage"), HUGE)}
    failed = []
    for address in ADDRESSES:
        for where in (address.filled(**known(study)), address.filled(**places)):
            answers = (client.get(where, NONSENSE), client.post(where, NONSENSE))
            failed += [(address.name, one.status_code) for one in answers if one.status_code >= 500]
    assert not failed


class TestCookies:
    @pytest.fixture
    def encrypted(self, settings: Settings) -> None:
        """A site with an https address, as its settings would be."""
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True

    @pytest.mark.usefixtures("encrypted")
    def test_no_cookie_is_read_by_scripts_or_sent_from_elsewhere(
        self, owner: User, password: str, study: Study
    ) -> None:
        from commonground.web.studies.actions import set_open

        set_open(study, is_open=True)
        client = Client()
        client.post("/language/", {"language": "fr", "next": "/"})
        client.get(study.public_path)
        client.post(study.public_path, {"visit": "x", "agree": "yes"})
        client.post("/sign-in/", {"email": owner.email, "password": password})
        names = set(client.cookies)
        assert {"commonground_owner", "commonground_csrf", f"commonground_visit_{study.public_id}"} <= names
        for name, cookie in client.cookies.items():
            assert cookie["secure"], name
            assert cookie["samesite"] == "Lax", name
            assert cookie["httponly"] or name == "commonground_language", name

    def test_a_cookie_of_answers_goes_to_its_own_study_alone(self, study: Study) -> None:
        from commonground.web.studies.actions import set_open

        set_open(study, is_open=True)
        client = Client()
        client.post(study.public_path, {"visit": "x", "agree": "yes"})
        assert client.cookies[f"commonground_visit_{study.public_id}"]["path"] == study.public_path


@pytest.mark.django_db
class TestHostAndRedirects:
    @pytest.mark.parametrize(
        "host", ["evil.example", "localhost.evil.example", "testserver@evil.example", "[::1].evil"]
    )
    def test_a_forged_host_is_refused_everywhere(self, owner: User, host: str) -> None:
        for address in ("/", "/sign-in/", "/health/", "/s/x/", "/password/forgotten/"):
            assert Client().get(address, headers={"host": host}).status_code == 400

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
         "javascript:alert(1)", " //evil.example", "/\t/evil.example", "http:///evil.example"],
    )  # fmt: skip
    def test_no_way_leads_elsewhere(self, owner: User, password: str, elsewhere: str) -> None:
        ways = [
            Client().post("/sign-in/", {"email": owner.email, "password": password, "next": elsewhere}),
            Client().post("/language/", {"language": "fr", "next": elsewhere}),
        ]
        for answer in ways:
            assert answer.headers["Location"] in {"/", "/sign-in/"}, answer.headers["Location"]
