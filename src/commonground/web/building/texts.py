"""The texts of the questionnaire around its questions: a form for each part, from the first page to the last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.records.errors import StudyError
from commonground.records.study import Consent, Frame
from commonground.web.building.part_forms import Ask, Kind, PartForm, Rows, words_of
from commonground.web.building.parts import Refusal, part_context, refuse
from commonground.web.building.saving import Values, save_part, values_of
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of the document that has a page of its own.

    Parameters
    ----------
    title, lead : str
    anchor : str
        Where in the questionnaire it stands.
    field : str
        The field of the document it is; empty where it is several fields of the top.
    asks, lists
        What the form asks; a list whose only text has no name of its own in the document is named in `bare`.
    lists_first : bool
        Whether people read the lists before the rest.
    """

    title: str
    lead: str
    anchor: str
    field: str
    asks: tuple[Ask, ...]
    lists: tuple[Rows, ...] = ()
    bare: str = ""
    lists_first: bool = False

    def stands(self, values: Values) -> dict[str, Any]:
        """What the document says of this part, as the form takes it."""
        around: Mapping[str, Any] = values.get(self.field) or {} if self.field else values
        found = {ask.name: around.get(ask.name) for ask in self.asks}
        for rows in self.lists:
            entries = around.get(rows.name) or ()
            found[rows.name] = [{"text": one} for one in entries] if rows.name == self.bare else list(entries)
        return found

    def put(self, values: Values, read: Mapping[str, Any], languages: Sequence[str]) -> None:
        """Write what was typed into the plain values of the document."""
        around: dict[str, Any] = dict(values.get(self.field) or {}) if self.field else values
        stood = self.stands(values)
        defaults = _defaults(self.field)
        for ask in self.asks:
            value = read[ask.name]
            value = words_of(value, stood[ask.name], languages) if ask.kind.is_words else value
            if stood[ask.name] is not None or value != defaults.get(ask.name, ""):
                _set(around, ask.name, value)
        for rows in self.lists:
            _set(around, rows.name, self._entries(rows, read[rows.name], stood[rows.name], languages) or None)
        if self.field:
            _set(values, self.field, around if any(around.values()) else None)

    def _entries(
        self,
        rows: Rows,
        read: Sequence[Mapping[str, Any]],
        stood: Sequence[Mapping[str, Any]],
        languages: Sequence[str],
    ) -> list[Any]:
        """A list of the document; an entry that was there before is known by the row it was read from."""
        entries: list[Any] = []
        for row in read:
            was = stood[int(row["was"])] if row["was"].isdigit() and int(row["was"]) < len(stood) else {}
            entry = {name: value for name, value in was.items() if name != "was"}
            for ask in rows.asks:
                value = row[ask.name]
                if ask.kind != Kind.HIDDEN:
                    _set(entry, ask.name, words_of(value, was.get(ask.name), languages) if ask.kind.is_words else value)
            entries.append(entry.get("text") if rows.name == self.bare else entry)
        return entries


def parts() -> dict[str, TextPart]:
    """Every part with a page of its own, in the order of the questionnaire."""
    return {
        "about": TextPart(
            _("Title and contact"),
            _("What people see above the first page, and whom they can ask."),
            "consent",
            "",
            (
                Ask("title", _("Title"), is_needed=True),
                Ask("description", _("What it is about, in a sentence or two"), Kind.LONG_WORDS),
                Ask("minutes", _("How many minutes it takes"), Kind.NUMBER, _("The pretest tells whether it is true.")),
                Ask("contact", _("Whom to ask"), Kind.LONG_WORDS, _("Stands at the foot of every page.")),
            ),
        ),
        "consent": _consent(),
        "groups": _groups(),
        "words": _words(),
        "example": _example(),
        "frame": TextPart(
            _("The question of every task"),
            _("It stands above each task. The two ends head the two columns."),
            "tasks",
            "frame",
            (
                Ask("question", _("Most and least important for what?"), Kind.LONG_WORDS, is_needed=True),
                Ask("most", _("What the one end is called")),
                Ask("least", _("What the other end is called")),
            ),
        ),
        "thanks": TextPart(
            _("Thank you"),
            _("The last page."),
            "thanks",
            "",
            (Ask("thanks", _("What people read at the end"), Kind.LONG_WORDS, is_needed=True),),
        ),
    }


def _consent() -> TextPart:
    ways = (("checkbox", _("A box to tick")), ("completion", _("Going on means agreeing")))
    paragraph = Ask("text", _("Paragraph"), Kind.LONG_WORDS)
    sections = Rows("sections", _("Paragraphs"), _("Paragraph"), (paragraph, _was()), add=_("Add a paragraph"), least=1)
    asks = (
        Ask("agreement", _("The sentence people agree to"), Kind.LONG_WORDS, is_needed=True),
        Ask("given_by", _("How people agree"), Kind.CHOICE, choices=ways),
        Ask("decline", _("What people read who do not agree"), Kind.LONG_WORDS),
        Ask("withdrawal", _("What taking answers back can still do, and until when"), Kind.LONG_WORDS),
        Ask(
            "version",
            _("Version"),
            Kind.LINE,
            _("Recorded with each person’s answers. Give a changed text a new one."),
            is_needed=True,
        ),
    )
    lead = _("Your ethics board decides what must stand here.")
    return TextPart(_("Consent"), lead, "consent", "consent", asks, (sections,), bare="sections", lists_first=True)


def _groups() -> TextPart:
    asks = (
        Ask("label", _("Name"), is_needed=True),
        Ask("short_label", _("Short name, for tables"), is_needed=True),
        Ask("planned", _("How many people you hope for"), Kind.NUMBER),
        Ask("id", _("Code in the data"), Kind.CODE, is_needed=True),
        _was(),
    )
    rows = Rows("groups", _("Groups"), _("Group"), asks, add=_("Add a group"), least=1)
    lead = _("Results are shown for each group and compared.")
    return TextPart(_("Partner groups"), lead, "who", "", (), (rows,))


def _words() -> TextPart:
    terms = (
        Ask("term", _("Word"), is_needed=True),
        Ask("meaning", _("What it means"), Kind.LONG_WORDS, is_needed=True),
    )
    rows = Rows("glossary", _("Words you explain"), _("Word"), (*terms, _was()), add=_("Add a word"))
    asks = (Ask("task_explanation", _("How a task works"), Kind.LONG_WORDS, is_needed=True),)
    lead = _("Read after the first questions, before the tasks.")
    return TextPart(_("Explanation and words"), lead, "words", "", asks, (rows,))


def _example() -> TextPart:
    asks = (
        Ask("introduction", _("Introduction"), Kind.LONG_WORDS),
        Ask("question", _("The question of the example"), Kind.LONG_WORDS),
        Ask("most", _("Which thing is marked as most important"), Kind.NUMBER, _("Its number in the list below.")),
        Ask("least", _("Which thing is marked as least important"), Kind.NUMBER, _("Its number in the list below.")),
        Ask("explanation", _("What people read after the marks"), Kind.LONG_WORDS),
    )
    things = Rows("items", _("Things"), _("Thing"), (Ask("text", _("Thing")), _was()), add=_("Add a thing"), least=3)
    lead = _("A practice task about something everyday. Leave everything empty to do without.")
    return TextPart(_("Example"), lead, "words", "worked_example", asks, (things,), bare="items")


def _was() -> Ask:
    return Ask("was", "", Kind.HIDDEN)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def texts(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """The form of one part."""
    del public_id
    part = parts().get(name)
    if part is None:
        raise Http404
    record = request.study.record()
    form = PartForm(part.asks, part.lists, record.languages)
    if request.method == "GET":
        return _page(request, part, form.filled(_numbered(part, _with_defaults(part, values_of(request.study)))))
    form = form.sent(request.POST)
    if form.rearranged(request.POST.get("do", ""), request.POST):
        return _page(request, part, form)
    read = form.read()
    if name == "groups" and len(read["groups"]) > 1 and not record.group_rules:
        form.problems.append(_("Say first who belongs to the group there is: add a rule for it. Then add more groups."))
    if form.errors or form.problems:
        return _page(request, part, form, status=422)

    def change(values: Values) -> None:
        if name == "groups":
            rename_groups(values, read["groups"])
        part.put(values, read, record.languages)

    return _saved(request, part, form, change)


def rename_groups(values: Values, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let rules, questions, full groups and the plan follow partner groups to their new codes."""
    old = [group.get("id") for group in values.get("groups") or ()]
    renamed = {old[int(row["was"])]: row["id"] for row in rows if row["was"].isdigit() and int(row["was"]) < len(old)}
    quotas = (values.get("fielding") or {}).get("quotas") or ()
    for rule in (*(values.get("group_rules") or ()), *quotas):
        rule["group"] = renamed.get(rule["group"], rule["group"])
    for section in ("background", "quality_questions", "demographics"):
        for question in values.get(section) or ():
            if "groups" in question:
                question["groups"] = [renamed.get(one, one) for one in question["groups"]]
    added = (values.get("analysis") or {}).get("added") or {}
    if "to" in added:
        added["to"] = renamed.get(added["to"], added["to"])


def _saved(request: OwnerRequest, part: TextPart, form: PartForm, change: Callable[[Values], None]) -> HttpResponse:
    try:
        save_part(
            study=request.study,
            actor=request.user,
            base=request.POST.get("base", ""),
            part=part.stands,
            change=change,
            note=part.title,
        )
    except StudyError as error:
        refusal = refuse(form, error)
        return _page(request, part, form, status=refusal.status, refusal=refusal)
    messages.success(request, _("The texts are saved."))
    return redirect(f"{reverse('building:questionnaire', args=[request.study.public_id])}#{part.anchor}")


def _page(
    request: OwnerRequest, part: TextPart, form: PartForm, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = part_context(request, refusal) | {
        "part": part,
        "form": form,
        "errors": form.all_errors,
        "not_saved": request.method == "POST" and status == 200,
    }
    return render(request, "building/texts.html", context, status=status)


def _defaults(field: str) -> dict[str, Any]:
    """What people read where the document is silent."""
    if field == "frame":
        return {name: dict(Frame.model_fields[name].default.root) for name in ("most", "least")}
    return {"given_by": Consent.model_fields["given_by"].default} if field == "consent" else {}


def _with_defaults(part: TextPart, values: Values) -> dict[str, Any]:
    """What stands in the document; where it is silent, what people read instead."""
    found = part.stands(values)
    return found | {name: value for name, value in _defaults(part.field).items() if found[name] is None}


def _numbered(part: TextPart, stands: dict[str, Any]) -> dict[str, Any]:
    """The same with the place of each entry in its row, so that it is known again wherever it moves."""
    numbered = {
        rows.name: [{**row, "was": str(place)} for place, row in enumerate(stands[rows.name])] for rows in part.lists
    }
    return {**stands, **numbered}


def _set(part: dict[str, Any], name: str, value: Any) -> None:
    """Give a field a value; nothing takes it away."""
    if value in (None, "", []):
        part.pop(name, None)
    else:
        part[name] = value
