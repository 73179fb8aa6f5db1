"""What each page of a participant holds, given to its template."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from commonground.records.sessions import Session, ShownTask
from commonground.records.study import WorkedExample
from commonground.survey.eligibility import GROUP_FULL
from commonground.survey.flow import Page, PageKind, live_answers, pages
from commonground.web.look.marks import Card, Marks, problems_in_words
from commonground.web.look.templatetags.look import problems_title, said
from commonground.web.respond import stamps
from commonground.web.respond.arrivals import HONEYPOT, challenge_for
from commonground.web.respond.doors import Shut
from commonground.web.respond.question_pages import QuestionField, stored_fields
from commonground.web.respond.task_pages import example_cards, stored_marks, task_cards
from commonground.web.respond.visits import Visit
from commonground.web.respond.wording import heading_words, part_words

Context = dict[str, object]

TEMPLATES = {
    PageKind.BACKGROUND: "respond/questions.html",
    PageKind.QUALITY: "respond/questions.html",
    PageKind.DEMOGRAPHICS: "respond/questions.html",
    PageKind.INELIGIBLE: "respond/ineligible.html",
    PageKind.WORDS: "respond/words.html",
    PageKind.EXAMPLE: "respond/example.html",
    PageKind.TASK: "respond/task.html",
    PageKind.THANKS: "respond/thanks.html",
}


def consent(request: HttpRequest, visit: Visit, key: str, *, unticked: bool = False) -> HttpResponse:
    """The first page: what this is about, and a box to tick."""
    problem = _("Please tick the box if you want to take part.") if unticked else ""
    errors = [("agree", problem)] if unticked else []
    challenge = challenge_for(key) if visit.record.fielding.proof_of_work else None
    context = {"visit_key": key, "problem": problem, "challenge": challenge, "honeypot": HONEYPOT, **_errors(errors)}
    return _render(request, visit, "respond/consent.html", context, status=422 if unticked else 200)


def declined(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """What a person reads who does not want to take part."""
    return _render(request, visit, "respond/declined.html", {"visit_key": key})


def crowd(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Very many people began from one network: a while later it goes on."""
    response = _render(request, visit, "respond/crowd.html", {}, status=429)
    response["Retry-After"] = "3600"
    return response


def closed(request: HttpRequest, visit: Visit, shut: Shut) -> HttpResponse:
    """Why nobody can answer here now, in words."""
    return _render(request, visit, "respond/closed.html", {"shut": shut})


def resume(request: HttpRequest, visit: Visit, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Where a code is typed."""
    words = {
        "unknown": _("No answers belong to this code. Please look at each letter once more."),
        "wait": _("There were many codes that did not fit. Please wait ten minutes, then try again."),
    }.get(problem, "")
    context = {"problem": words, "typed": request.POST.get("code", ""), **_errors([("code", words)] if words else [])}
    return _render(request, visit, "respond/resume.html", context, status=status)


def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What taking answers back can do and what not."""
    return _render(request, visit, "respond/withdraw.html", {"is_locked": visit.study.locked_at is not None})


def withdrawn(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What a person reads who has taken their answers back."""
    return _render(request, visit, "respond/withdrawn.html", {})


def left(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What a person reads whose device has forgotten them: the code leads back."""
    return _render(request, visit, "respond/left.html", {})


def page(
    request: HttpRequest,
    visit: Visit,
    here: Page,
    *,
    fields: Sequence[QuestionField] | None = None,
    marks: Marks | None = None,
    stamp: str = "",
    tried: bool = False,
    quietly: bool = False,
) -> HttpResponse:
    """Any page after consent, as stored or, after a form that cannot be accepted yet, as sent.

    `stamp` keeps the moment of the first showing; `quietly` leaves out what is missing, after a change of language.
    """
    assert visit.session is not None  # noqa: S101  # only pages after consent come here
    record = visit.session.record()
    context: Context = {
        "page": here,
        "part": part_words(here.kind),
        "stamp": stamp or stamps.sign(session=visit.session.pk, page=here.key, now=timezone.now()),
        "has_back": pages(visit.record, record)[0].key != here.key,
        "is_stale": request.GET.get("note") == "stale",
        "best_only": visit.session.best_only,
    }
    if here.questions:
        shown = stored_fields(here, live_answers(visit.record, record.answers)) if fields is None else fields
        context |= _question_context(here, shown)
    elif here.task is not None:
        context |= _task_context(visit, here.task, record, marks, quietly=quietly)
    elif here.kind == PageKind.EXAMPLE and visit.record.worked_example is not None:
        context |= _example_context(visit, visit.record.worked_example, marks or Marks(), tried=tried)
    elif here.kind == PageKind.INELIGIBLE:
        messages = {rule.reason: rule.message for rule in visit.record.eligibility}
        context |= {"message": messages.get(record.reason), "is_full": record.reason == GROUP_FULL}
    return _render(request, visit, TEMPLATES[here.kind], context, status=422 if context.get("errors") else 200)


def _question_context(here: Page, fields: Sequence[QuestionField]) -> Context:
    return {
        "heading": heading_words(here.kind),
        "fields": fields,
        "all_optional": not any(one.question.required or one.is_information for one in fields),
        **_errors([(field.first_control, said(field.question.text)) for field in fields if field.problem]),
    }


def _task_context(visit: Visit, task: ShownTask, record: Session, sent: Marks | None, *, quietly: bool) -> Context:
    marks = stored_marks(record.picks.get(task.shown_order)) if sent is None else sent
    cards = task_cards(visit.record, task, marks, document=_document(visit))
    total = len(record.assignment.tasks) if record.assignment else 0
    return {
        "total": total,
        "done": task.shown_order - 1,
        "cards": cards,
        "progress_words": _("Task %(number)s of %(total)s") % {"number": task.shown_order, "total": total},
        **({} if sent is None or quietly else _marks_errors(visit, cards, marks, best_only=_only_best(visit))),
    }


def _example_context(visit: Visit, example: WorkedExample, marks: Marks, *, tried: bool) -> Context:
    cards = example_cards(example, marks)
    return {
        "cards": cards,
        "example_most": example.items[example.most - 1],
        "example_least": example.items[example.least - 1],
        "is_done": tried and not marks.problems(),
        **(_marks_errors(visit, cards, marks) if tried else {}),
    }


def _only_best(visit: Visit) -> bool:
    return visit.session is not None and visit.session.best_only


def _marks_errors(visit: Visit, cards: Sequence[Card], marks: Marks, *, best_only: bool = False) -> Context:
    """What a task still needs, each with a link to where."""
    return _errors(problems_in_words(cards, marks, visit.record.frame, visit.language, best_only=best_only))


def _errors(errors: Sequence[tuple[str, str]]) -> Context:
    return {"errors": errors, "errors_title": problems_title(len(errors))}


def known_as(request: HttpRequest, visit: Visit) -> tuple[str, ...] | None:
    """What those pieces of a page depend on that are the same for everybody; None in a preview."""
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    document = _document(visit)
    return (document, visit.study.public_id) if document and namespace == "respond" else None


def _document(visit: Visit) -> str:
    """The hash of the document that is shown; empty where it is another one than the study's."""
    return visit.study.document_hash if visit.record is visit.study.record() else ""


def _render(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    everything = {
        "visit": visit,
        "study": visit.record,
        "public_id": visit.study.public_id,
        "known_as": known_as(request, visit),
        **context,
    }
    return render(request, template, everything, status=status)
