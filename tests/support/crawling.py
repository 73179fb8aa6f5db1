"""Reading pages as a hostile browser would: what is a link, what is a form, and what would run."""

import io
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from ruamel.yaml import YAML

from commonground.files.yaml_lines import load

EVIL = """"'><evil onx=1>{{7*7}}"""
"""What people type who mean harm: it shows as an element or an attribute wherever a page does not escape it."""

WORDS = {
    "title", "description", "citation", "contact", "question", "most", "least", "label", "short_label", "definition",
    "note", "cfir", "family", "sections", "agreement", "decline", "text", "help", "message", "term", "meaning",
    "task_explanation", "introduction", "explanation", "thanks", "reason", "prize", "complaints", "distress",
    "controller", "storage", "retention", "community", "withdrawal", "low", "high", "approval",
}  # fmt: skip
"""Fields of a study document that hold words people read."""

MORE = {
    "fielding": {
        "contacts": {"wishes": ["draw", "results"], "draw": {"prizes": 1, "prize": "A book"}},
        "proof_of_work": True,
        "best_only": True,
    },
    "ethics": {"complaints": "Write to us", "distress": "Call", "controller": "The university", "storage": "Here"},
}


def hostile_document(text: str) -> str:
    """A study document in which every word says something hostile as well."""
    written = io.StringIO()
    YAML().dump(_spoiled(load(text, "study.yaml").values | MORE, is_words=False), written)
    return written.getvalue()


def _spoiled(value: object, *, is_words: bool, key: str = "") -> object:
    if isinstance(value, dict):
        return {
            name: _spoiled(one, is_words=name in WORDS or (is_words and name in {"en", "fr"}), key=name)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_spoiled(one, is_words=is_words or key == "items", key=key) for one in value]
    is_id = not isinstance(value, str) or (key in {"question", "reason"} and " " not in value)
    return value if is_id or not is_words else f"{value}{EVIL}"


ADDRESSES = {"href", "src", "action", "formaction", "poster", "xlink:href", "srcset", "data"}
OF_A_KIND = 1
SAFE_SCHEMES = {"", "http", "https", "mailto"}


@dataclass
class Form:
    """A form: where it goes, how, and what its fields are called, of which kind, with which value."""

    action: str
    method: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    def filled(self, words: str) -> dict[str, str]:
        """What somebody sends who types these words wherever words can be typed."""
        by_kind = {"text": words, "search": words, "textarea": words, "password": words, "date": "2026-01-31"}
        return {
            name: by_kind.get(kind, value)
            for name, (kind, value) in self.fields.items()
            if name != "csrfmiddlewaretoken" and kind not in {"file", "button", "submit"}
        }


class Page(HTMLParser):
    """What a page holds. `wrong` is what no page may hold."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = ""
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        if self.forms and given.get("name") and tag in {"input", "button", "select", "textarea"}:
            kind = given.get("type", "text") if tag == "input" else tag
            self.forms[-1].fields.setdefault(given["name"], (kind, given.get("value", "")))
            self._select = given["name"] if tag == "select" else self._select
        if tag == "option" and self.forms and self._select and given.get("value"):
            self.forms[-1].fields[self._select] = ("select", given["value"])  # the last there is

    handle_startendtag = handle_starttag

    def _look(self, tag: str, given: dict[str, str]) -> None:
        if tag in {"evil", "style", "object", "embed", "base"}:
            self.wrong.append(f"<{tag}>")
        if tag == "iframe" and not given.get("src", "").startswith("/"):
            self.wrong.append("a frame of elsewhere")
        if tag == "script" and "src" not in given:
            self.wrong.append("a script inside the page")
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in ADDRESSES & set(given):
            scheme = urlsplit(given[name].strip()).scheme.lower()
            if scheme not in SAFE_SCHEMES and not (tag == "img" and scheme == "data"):
                self.wrong.append(f"{tag} {name}={given[name][:60]}")


@dataclass(frozen=True)
class Seen:
    """An answer of the site and where it came from."""

    address: str
    answer: HttpResponse

    @property
    def text(self) -> str:
        """The body."""
        return self.answer.content.decode("utf-8", errors="replace")

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.answer.headers["Content-Type"].startswith("text/html")


def crawl(
    client: Client, start: Iterable[str], *, leave_out: Callable[[str], bool] = lambda _address: False
) -> list[Seen]:
    """Every kind of page that links lead to from here, the first of each kind."""
    waiting, known, found = deque(start), set(start), []
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        seen = Seen(address, client.get(address))
        found.append(seen)
        for link in Page(seen.text).links if seen.is_page else ():
            there = urldefrag(urljoin(address, link)).url
            if urlsplit(there).netloc or there in known or leave_out(there):
                continue
            known.add(there)
            kinds[kind := _kind(there)] += 1
            if kinds[kind] <= OF_A_KIND:
                waiting.append(there)
    return found


def _kind(address: str) -> str:
    """The page behind an address, whatever it is about; the site links to none that it has not."""
    return resolve(urlsplit(address).path).view_name
