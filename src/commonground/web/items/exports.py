"""Everything about the development of a list, as tables and as one JSON file. Reviewers are numbers with a role."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from commonground.development.flow import flow
from commonground.development.lineage import all_sources, ancestors
from commonground.development.log import Development
from commonground.development.ratings import Criterion, ListAim
from commonground.files.text_tables import text_csv
from commonground.records.provenance import FORMAT_VERSION
from commonground.web.items.models import Interview, Reviewer
from commonground.web.items.standing import development_of
from commonground.web.items.wording import source_words
from commonground.web.studies.models import Study

Rows = Iterable[Mapping[str, object]]


def items_csv(study: Study) -> str:
    """Every item there ever was, with its wording, its way and its sources."""
    return _csv(ITEM_COLUMNS, _items(study, development_of(study)))


def log_csv(study: Study) -> str:
    """The log, an entry a row, those taken back included."""
    return _csv(LOG_COLUMNS, _log(study))


def flow_csv(study: Study) -> str:
    """The numbers of the flow, a stage a row."""
    return _csv(FLOW_COLUMNS, _flow(development_of(study)))


def ratings_csv(study: Study) -> str:
    """What reviewers said of each item, one reviewer and item a row."""
    return _csv(("round", "reviewer", "role", "item", *Criterion, "comment"), _ratings(study))


def list_ratings_csv(study: Study) -> str:
    """What reviewers said of the whole list, one reviewer a row."""
    names = [name for aim in ListAim for name in (aim.value, f"{aim.value}_comment")]
    return _csv(("round", "reviewer", "role", *names), _list_ratings(study))


def pretest_csv(study: Study) -> str:
    """What interviewees made of each point of each screen, one a row."""
    return _csv(("interview", "group", "held_on", "per_task", "screen", "point", "clarity", "comment"), _sheets(study))


def findings_csv(study: Study) -> str:
    """What the pretest found and what was decided about it, a decision a row."""
    return _csv(("screen", "found", "answer", "reason"), study.pretest_findings.values())


CSV: Mapping[str, Callable[[Study], str]] = {
    "items.csv": items_csv,
    "item-log.csv": log_csv,
    "item-flow.csv": flow_csv,
    "ratings.csv": ratings_csv,
    "list-ratings.csv": list_ratings_csv,
    "pretest.csv": pretest_csv,
    "pretest-decisions.csv": findings_csv,
}

ITEM_COLUMNS = (
    "item",
    "label",
    "definition",
    "examples",
    "state",
    "parents",
    "children",
    "ancestors",
    "sources",
    "cfir",
)
LOG_COLUMNS = ("entry", "at", "kind", "items", "becomes", "reason", "undoes")
FLOW_COLUMNS = (
    "stage", "round", "before", "added", "made_by_merging", "made_by_splitting", "merged", "split", "removed", "kept",
    "revised", "after",
)  # fmt: skip


def everything(study: Study) -> dict[str, Any]:
    """All of it as one object."""
    now = development_of(study)
    return {
        "format_version": FORMAT_VERSION,
        "study": study.public_id,
        "document": study.document_hash,
        "log": [{"at": row.at.date().isoformat(), **row.content, "number": row.number} for row in study.item_log.all()],
        "list": list(now.order),
        "flow": list(_flow(now)),
        "ratings": list(_ratings(study)),
        "list_ratings": list(_list_ratings(study)),
        "pretest": {
            "interviews": [_interview(one) for one in study.pretest_interviews.all()],
            "sheets": list(_sheets(study)),
            "findings": list(study.pretest_findings.values("screen", "found", "answer", "reason")),
        },
    }


def _csv(columns: Iterable[str], rows: Rows) -> str:
    found = list(rows)
    return text_csv({str(name): [_cell(row.get(name)) for row in found] for name in columns})


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _items(study: Study, now: Development) -> Rows:
    record = study.record()
    for one in now.candidates.values():
        sources = all_sources(now, one.id)
        wording = one.wording
        yield {
            "item": one.id,
            "label": wording.label,
            "definition": wording.definition,
            "examples": wording.examples,
            "state": one.state.value,
            "parents": "; ".join(one.parents),
            "children": "; ".join(one.children),
            "ancestors": "; ".join(ancestors(now, one.id)),
            "sources": " | ".join(f"{source.kind.value}: {source_words(source, record)}" for source in sources),
            "cfir": "; ".join(dict.fromkeys(source.cfir for source in sources if source.cfir)),
        }


def _log(study: Study) -> Rows:
    for row in study.item_log.all():
        entry = row.record()
        yield {
            "entry": entry.number,
            "at": row.at.date().isoformat(),
            "kind": entry.kind.value,
            "items": "; ".join(entry.items),
            "becomes": "; ".join(one.id for one in entry.becomes),
            "reason": entry.reason,
            "undoes": entry.undoes,
        }


def _flow(now: Development) -> Rows:
    for one in flow(now).stages:
        yield {"stage": one.kind.value, **{name: getattr(one, name) for name in FLOW_COLUMNS[1:]}}


def _reviewers(study: Study) -> Iterable[tuple[str, Reviewer]]:
    """Reviewers under a number of their round, in the order in which they were asked."""
    numbers: dict[int, int] = {}
    for one in study.item_reviewers.prefetch_related("ratings").select_related("list_rating"):
        numbers[one.round] = numbers.get(one.round, 0) + 1
        yield f"R{one.round}-{numbers[one.round]}", one


def _ratings(study: Study) -> Rows:
    for name, one in _reviewers(study):
        for rating in one.ratings.all():
            marks = {criterion.value: mark.value for criterion, mark in rating.record().marks.items()}
            known = {"round": one.round, "reviewer": name, "role": one.role.strip("_"), "item": rating.item}
            yield {**known, **marks, "comment": rating.comment}


def _list_ratings(study: Study) -> Rows:
    for name, one in _reviewers(study):
        if hasattr(one, "list_rating"):
            marks = {aim.value: mark.value for aim, mark in one.list_rating.known_marks().items()}
            comments = {f"{aim}_comment": text for aim, text in one.list_rating.comments.items()}
            yield {"round": one.round, "reviewer": name, "role": one.role.strip("_"), **marks, **comments}


def _interview(one: Interview) -> dict[str, object]:
    names = ("label", "group", "per_task", "minutes", "length", "items", "comment", "document")
    return {**{name: getattr(one, name) for name in names}, "held_on": one.held_on.isoformat()}


def _sheets(study: Study) -> Rows:
    for interview in study.pretest_interviews.prefetch_related("sheets"):
        known = {"interview": interview.label, "group": interview.group, "held_on": interview.held_on.isoformat()}
        for sheet in interview.sheets.all():
            here = {**known, "per_task": interview.per_task, "screen": sheet.screen}
            for point, clarity in sheet.clarity.items():
                yield {**here, "point": point, "clarity": clarity}
            if sheet.comment:
                yield {**here, "comment": sheet.comment}
