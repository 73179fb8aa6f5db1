"""The pretest: cognitive interviews screen by screen, what they came to, and what is done about it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.development.pretest import Answer, Clarity, Fit, Length, by_point, fits
from commonground.development.screens import Screen, ScreenKind, screens
from commonground.records.errors import CommonGroundError
from commonground.records.words import Words
from commonground.web.items import pretesting
from commonground.web.items.list_pages import tell
from commonground.web.items.models import Interview, ScreenSheet
from commonground.web.items.pretest_forms import FindingForm, InterviewForm, ScreenForm, screen_named
from commonground.web.items.where import pretest_where
from commonground.web.items.wording import ANSWERS, CLARITIES, LENGTHS, NUMBERS, SCREENS
from commonground.web.look.templatetags.look import Column, said
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@dataclass(frozen=True, slots=True)
class Told:
    """A screen with what interviewees made of it: the points somebody had trouble with, and how many others."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    clear: int
    unasked: int
    comments: tuple[tuple[str, str], ...]


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def pretest(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The interviews, what they came to screen by screen, and the decisions, with a form for one more."""
    study, sent = request.study, request.method == "POST"
    form = FindingForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            pretesting.save_finding(finding=form.save(commit=False), study=study, actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The decision is written down."))
        return redirect("items:pretest", public_id)
    interviews = list(study.pretest_interviews.prefetch_related("sheets"))
    context = {
        "study": study,
        "where": pretest_where(study),
        "interviews": interviews,
        "screens": _told(study, interviews),
        "columns": [
            Column(label=_("What people read")),
            *(Column(label=str(CLARITIES[one]), number=True) for one in Clarity),
            Column(label=_("Not asked"), number=True),
        ],
        "fits": _fit_tables(study, interviews),
        "findings": [
            (SCREENS[ScreenKind(one.screen)], one, ANSWERS[Answer(one.answer)])
            for one in study.pretest_findings.select_related("by")
        ],
        "form": form,
    }
    return render(request, "items/pretest/overview.html", context, status=422 if sent else 200)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Begin the sheets of one interview."""
    record = request.study.record()
    begun = Interview(held_on=timezone.now().date(), per_task=record.design.per_task)
    begun.label = _("P%(number)s") % {"number": request.study.pretest_interviews.count() + 1}
    form = InterviewForm(record, request.POST or None, instance=begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = pretesting.save_interview(interview=form.save(commit=False), study=request.study, actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            return redirect("items:pretest-screen", public_id, made.number, screens(record)[0].kind.value)
    status = 422 if request.method == "POST" else 200
    return render(request, "items/pretest/new.html", {"study": request.study, "form": form}, status=status)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def interview(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """One interview as a whole: who, when, what they thought of the length; its screens; and its removal."""
    found, record = _interview(request.study, number), request.study.record()
    sent = request.method == "POST"
    form = InterviewForm(record, request.POST if sent else None, instance=found)
    if sent and form.is_valid():
        try:
            pretesting.save_interview(interview=form.save(commit=False), study=request.study, actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The interview is saved."))
        return redirect("items:pretest", public_id)
    filled = set(found.sheets.values_list("screen", flat=True))
    context = {
        "study": request.study,
        "interview": found,
        "form": form,
        "screens": [(one.kind.value, SCREENS[one.kind], one.kind.value in filled) for one in screens(record)],
    }
    return render(request, "items/pretest/interview.html", context, status=422 if sent else 200)


@needs(Permission.EDIT)
@require_POST
def remove(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """Take an interview away."""
    try:
        pretesting.remove_interview(interview=_interview(request.study, number), actor=request.user)
    except CommonGroundError as error:
        tell(request, error)
    else:
        messages.success(request, _("The interview and its sheets are gone."))
    return redirect("items:pretest", public_id)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def screen(request: OwnerRequest, public_id: str, number: int, screen: str) -> HttpResponse:
    """One screen of one interview; what is sent is kept before the next page."""
    found, every = _interview(request.study, number), screens(request.study.record())
    place = screen_named(every, screen)
    if place is None:
        raise Http404
    here = every[place]
    if request.method == "POST":
        form = ScreenForm(here, request.POST)
        if form.is_valid() and _saved(request, found, here, form):
            return _next_screen(public_id, number, every, place, request.POST.get("go", ""))
    sheet = ScreenSheet.objects.filter(interview=found, screen=here.kind.value).first()
    marked = sheet.clarity if sheet else {}
    context = {
        "study": request.study,
        "interview": found,
        "name": SCREENS[here.kind],
        "place": place + 1,
        "of": len(every),
        "points": [(point, _choices(marked.get(point.key, ""))) for point in here.points],
        "form": ScreenForm(here, initial={"comment": sheet.comment if sheet else ""}),
    }
    return render(request, "items/pretest/screen.html", context)


def _saved(request: OwnerRequest, found: Interview, here: Screen, form: ScreenForm) -> bool:
    try:
        pretesting.save_sheet(
            interview=found,
            screen=here.kind,
            clarity=form.clarity(),
            comment=form.cleaned_data["comment"],
            actor=request.user,
        )
    except CommonGroundError as error:
        tell(request, error)
        return False
    return True


def _next_screen(public_id: str, number: int, every: tuple[Screen, ...], place: int, go: str) -> HttpResponse:
    to = place - 1 if go == "back" else place + 1
    if 0 <= to < len(every):
        return redirect("items:pretest-screen", public_id, number, every[to].kind.value)
    return redirect("items:pretest-interview", public_id, number)


def _choices(marked: str) -> list[tuple[str, str, bool]]:
    return [(one.value, str(text), one.value == marked) for one, text in CLARITIES.items()]


@needs(Permission.VIEW)
@require_GET
def blank(request: OwnerRequest, public_id: str) -> HttpResponse:
    """An empty sheet to print and fill in by hand."""
    del public_id
    record = request.study.record()
    context = {
        "study": request.study,
        "screens": [(SCREENS[one.kind], one.points) for one in screens(record)],
        "clarities": list(CLARITIES.values()),
        "lengths": list(LENGTHS.values()),
        "numbers": list(NUMBERS.values()),
        "per_task": record.design.per_task,
    }
    return render(request, "items/pretest/blank.html", context)


def _interview(study: Study, number: int) -> Interview:
    return get_object_or_404(Interview, study=study, number=number)


def _told(study: Study, interviews: list[Interview]) -> list[Told]:
    sheets = [sheet for one in interviews for sheet in one.sheets.all()]
    return [_screen_told(screen, sheets, len(interviews)) for screen in screens(study.record())]


def _screen_told(screen: Screen, sheets: list[ScreenSheet], interviews: int) -> Told:
    points = by_point(screen, [sheet.record() for sheet in sheets], interviews)
    texts = {point.key: _shortened(point.text) for point in screen.points}
    trouble = [one for one in points if one.needs_a_look]
    unasked = sum(one.unasked == interviews for one in points)
    here = [sheet for sheet in sheets if sheet.screen == screen.kind and sheet.comment]
    return Told(
        name=str(SCREENS[screen.kind]),
        rows=tuple(
            (texts[one.key], *(one.counts[mark] or "–" for mark in Clarity), one.unasked or "–") for one in trouble
        ),
        clear=len(points) - len(trouble) - unasked,
        unasked=unasked,
        comments=tuple((sheet.interview.label, sheet.comment) for sheet in here),
    )


def _shortened(words: Words) -> str:
    text = said(words)
    return text if len(text) <= 90 else f"{text[:88].rsplit(' ', 1)[0]} …"


def _fit_tables(study: Study, interviews: list[Interview]) -> list[dict[str, object]]:
    """What people thought of the length, by group, and of the number of items, by the number shown."""
    length, items = fits([
        Length(one.group, one.per_task, Fit(one.length) if one.length else None, Fit(one.items) if one.items else None)
        for one in interviews
    ])  # fmt: skip
    names = {group.id: said(group.label) for group in study.record().groups}
    return [
        _fit_table(_("Length, for people of their own group"), _("Partner group"), LENGTHS,
                   [(names.get(group, _("not said")), counted) for group, counted in length.items()]),
        _fit_table(_("Number of items in a task"), _("Items shown"), NUMBERS, sorted(items.items())),
    ]  # fmt: skip


def _fit_table(
    caption: str, first: str, words: Mapping[Fit, Promise], rows: Iterable[tuple[object, Counter[Fit | None]]]
) -> dict[str, object]:
    return {
        "caption": caption,
        "columns": [
            Column(label=first),
            *(Column(label=str(text), number=True) for text in words.values()),
            Column(label=_("Not asked"), number=True),
        ],
        "rows": [(one, *(counted[fit] or "–" for fit in words), counted[None] or "–") for one, counted in rows],
    }
