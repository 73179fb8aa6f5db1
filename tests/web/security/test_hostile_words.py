"""Whatever anybody typed anywhere is shown as text: no page, picture or report runs it."""

import json
import re
from urllib.parse import urljoin

import pytest
from crawling import EVIL, Page, Seen, crawl, hostile_document
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.results.making import make_report
from commonground.web.results.models import ReportJob
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.models import Study

OPTIONS = [{"id": "one", "label": "This one"}, {"id": "two", "label": "That one"}]
SHORT = {
    "format_version": 1,
    "id": "short",
    "title": "What helps a team?",
    "languages": ["en"],
    "frame": {"question": "What helps most?"},
    "items": [
        {"id": name, "label": f"the {name}", "short_label": f"a {name}", "definition": f"so much {name}"}
        for name in ("trust", "time", "money", "tools", "tea", "tact", "talk")
    ],
    "groups": [{"id": "all", "label": "Every body", "short_label": "All of us"}],
    "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
    "background": [
        {"id": "words", "type": "text", "text": "In your words?", "help": "Any word."},
        {"id": "choice", "type": "single", "text": "Which of these?", "options": OPTIONS},
    ],
    "glossary": [{"term": "A word", "meaning": "Its meaning"}],
    "task_explanation": "Choose two of them.",
    "design": {"per_task": 3},
    "demographics": [{"id": "more", "type": "long_text", "text": "Anything else?"}],
    "thanks": "Many thanks.",
}


def wrong_on(seen: Seen) -> list[str]:
    """What would run on a page, and what a template would have evaluated."""
    found = Page(seen.text).wrong if seen.is_page or "svg" in seen.answer.headers["Content-Type"] else []
    return [*found, *(["a template was evaluated"] if "onx=1>49" in seen.text else [])]


def test_the_eye_sees_what_it_should() -> None:
    for bad in (EVIL, f'<a title="x{EVIL}">', "<script>1</script>", '<p style="x">', '<a href="javascript:1">x</a>'):
        assert Page(f"<p>{bad}</p>").wrong, bad
    assert not Page('<p title="&lt;evil onx=1&gt;">&lt;evil&gt;<script src="/x.js"></script><a href="/x">').wrong


def without_surveys(address: str) -> bool:
    """Participants' pages are walked by themselves; what was read once in one filter is read."""
    return address.startswith("/s/") or "?" in address


def look_around(client: Client) -> list[Seen]:
    """Every page an owner can come to; none holds anything that would run, none fails."""
    pages = crawl(client, ["/", "/account/", "/partnerships/new/"], leave_out=without_surveys)
    assert not {one.address: wrong for one in pages if (wrong := wrong_on(one))}
    assert not [(one.address, one.answer.status_code) for one in pages if one.answer.status_code not in {200, 302, 404}]
    return pages


LEFT_ALONE = re.compile(
    r"sign-out|language|/account|/delete|/remove|/lock|/collection|/close|/launch|/password|/reports"
)
"""Forms that end something: another test's matter."""


def test_owners_pages_show_hostile_words_as_text(as_hostile_owner: Client, hostile_people: Study) -> None:
    """Documents, people, answers and logs are hostile; every kind of page is read in French."""
    set_open(hostile_people, is_open=False)
    as_hostile_owner.post("/language/", {"language": "fr", "next": "/"})
    pages = look_around(as_hostile_owner)
    addresses = {one.address for one in pages}
    assert len(addresses) > 40, addresses
    assert {hostile_people.get_absolute_url(), f"/studies/{hostile_people.public_id}/recruitment/"} <= addresses
    assert "&lt;evil onx=1&gt;" in "".join(one.text for one in pages if one.is_page)


def test_what_is_typed_into_every_form_is_shown_as_text(as_hostile_owner: Client, owner: User) -> None:
    """Every form of every kind of page is sent with hostile words, and then every page is read again."""
    add_study(owner=owner, text=hostile_document(json.dumps(SHORT)), name="study.yaml")
    sent = {where for one in look_around(as_hostile_owner) if one.is_page for where in spoiled(as_hostile_owner, one)}
    assert len(sent) > 10, sent
    look_around(as_hostile_owner)


def spoiled(client: Client, page: Seen) -> list[str]:
    """Send every form of a page with hostile words; where they went."""
    sent = []
    for form in Page(page.text).forms:
        where = urljoin(page.address, form.action) if form.action else page.address
        if form.method != "post" or LEFT_ALONE.search(where):
            continue
        answer = client.post(where, form.filled(EVIL))
        assert answer.status_code in {200, 302, 400, 403, 404, 405, 409, 422}, (where, answer.status_code)
        assert not wrong_on(Seen(where, answer)), where
        sent.append(where)
    return sent


class TestParticipants:
    """Pages of people who answer, in a study of hostile words, walked by somebody who types them as well."""

    def test_every_page_from_consent_to_thanks(self, owner: User) -> None:
        study = add_study(owner=owner, text=hostile_document(json.dumps(SHORT)), name="study.yaml")
        set_open(study, is_open=True)
        client, home = Client(), study.public_path
        seen = Seen(home, client.get(home))
        kinds = []
        for _step in range(60):
            assert not wrong_on(seen), seen.address
            assert seen.answer.status_code in {200, 422}, seen.address
            form = next((one for one in Page(seen.text).forms if {"visit", "stamp"} & set(one.fields)), None)
            kinds.append(seen.address.removeprefix(home))
            if form is None:
                break
            bad = client.post(seen.address, {**form.filled(EVIL), **answers_of(seen.text, EVIL)}, follow=True)
            assert not wrong_on(Seen(seen.address, bad)), seen.address
            if not getattr(bad, "redirect_chain", None):  # refused: send something that can be
                bad = client.post(seen.address, {**form.filled("a word"), **answers_of(seen.text, "30")}, follow=True)
            seen = Seen(bad.redirect_chain[-1][0] if bad.redirect_chain else seen.address, bad)
        assert "thanks/" in kinds, kinds

    @pytest.mark.parametrize("key", ["", "resume/", "task-1/", "background-1/", "withdraw/"])
    def test_nothing_in_an_address_is_echoed(self, hostile_study: Study, key: str) -> None:
        client = Client()
        query = {"from": EVIL, "invitation": EVIL, "language": EVIL, "note": EVIL, "code": EVIL}
        address = f"{hostile_study.public_path}{key}"
        for answer in (client.get(address, query, follow=True), client.post(address, {**query, "visit": EVIL})):
            assert not wrong_on(Seen(address, answer))

    def test_contact_details(self, hostile_study: Study) -> None:
        address = f"/contacts/{hostile_study.public_id}/"
        for answer in (
            Client().get(address, {"language": EVIL}),
            Client().post(address, {"reach": EVIL, "name": EVIL, "wish": EVIL}),
        ):
            assert not wrong_on(Seen(address, answer))


def answers_of(page: str, words: str) -> dict[str, str]:
    """The first of each choice, two different items, and words wherever words can be typed."""
    choices: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="(?:radio|checkbox)"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page):
        choices.setdefault(name, []).append(value)
    marks = {"least": choices["least"][1]} if "least" in choices else {}
    texts = dict.fromkeys(re.findall(r'type="text"[^>]*name="(q-[^"]+)"', page), words)
    return {**texts, **{name: values[0] for name, values in choices.items()}, **marks, "go": "next", "agree": "yes"}


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/password/forgotten/", "/join/x/", "/start/", "/no-such-page/", "/t/x/"]
)
def test_pages_of_nobody_echo_nothing(owner: User, address: str) -> None:
    spoiled = {"next": EVIL, "email": EVIL, "token": EVIL, "code": EVIL, "answer": EVIL}
    for answer in (Client().get(address, spoiled), Client().post(address, spoiled)):
        assert not wrong_on(Seen(address, answer))
    assert not wrong_on(Seen(address, Client().get(f"{address}{EVIL}")))


def test_a_report_runs_nothing_either(as_hostile_owner: Client, hostile_people: Study) -> None:
    job = ReportJob.objects.create(study=hostile_people)
    make_report(job)
    answer = as_hostile_owner.get(f"{hostile_people.get_absolute_url()}reports/{job.pk}/report.html")
    # Its own style is allowed by its hash, and its downloads lie in the page.
    allowed = re.compile(r"<style>$|\w+ style$|\w+ href=data:(,|text/csv|image/)")
    assert not [one for one in Page(answer.content.decode()).wrong if not allowed.match(one)]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    drawn = list(job.folder.rglob("*.svg"))
    assert drawn
    assert not {one.name: wrong for one in drawn if (wrong := Page(one.read_text()).wrong)}
