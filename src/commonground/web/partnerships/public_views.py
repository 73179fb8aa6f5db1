"""Partners' pages: come in by a link, answer on a phone, see one's own picture first, choose what to share."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.partnership.agreement import Answer
from commonground.partnership.own import Band
from commonground.records.sessions import Pick
from commonground.records.typed_codes import normal
from commonground.web.look.marks import Marks, item_cards, problems_in_words, read_marks
from commonground.web.look.templatetags.look import problems_title
from commonground.web.partnerships import agreements, voices
from commonground.web.partnerships.again import going_items, own_changes_of, second_look_of
from commonground.web.partnerships.agreement_forms import MarkForm
from commonground.web.partnerships.forms import GoingForm, JoinForm, SharingForm
from commonground.web.partnerships.models import Partnership, Round
from commonground.web.partnerships.neighbours import offers_for
from commonground.web.partnerships.publishing import picture_of
from commonground.web.partnerships.results import results_of
from commonground.web.partnerships.stages import is_late, may_change, open_task, place_of
from commonground.web.partnerships.tasks import tasks_of
from commonground.web.partnerships.visits import (
    Visit,
    forget,
    invited,
    is_open_link,
    kept_private,
    remember,
    visit_by,
    visit_of,
    visiting,
)
from commonground.web.partnerships.wording import band_words, by_section

MOST_ANCHORED = 5
"""Of how many things, those somebody put lowest, it is asked whether they matter at all."""
RELEVANCE = ("yes", "partly", "no")


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """A link: who comes for the first time gives a name; who has been here goes on."""
    partnership = get_object_or_404(Partnership, public_id=public_id)
    if visit_of(request, partnership):
        return redirect("partnerships_public:here", public_id)
    invitation = request.GET.get("with", "")
    partner = invited(partnership, invitation)
    is_new = partner is None or not partner.code_hash
    if not is_new or not (partner or is_open_link(partnership, invitation)):
        return _asked_for_code(request, partnership, was_used=not is_new)
    initial = {"name": partner.name, "role": partner.role} if partner else None
    form = JoinForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            code = voices.join(
                partnership=partnership, invited=partner, language=get_language() or "en", **form.cleaned_data
            )
        except voices.TooLateError:
            return _asked_for_code(request, partnership, was_used=True)
        except voices.FullError:
            form.add_error(
                None, _("This partnership has 30 people already, as many as it can have. Ask who invited you.")
            )
            found = {"partnership": partnership, "form": form}
            return kept_private(render(request, "partnerships/join.html", found, status=422))
        return remember(redirect("partnerships_public:here", public_id), partnership, code)
    found = {"partnership": partnership, "form": form}
    return kept_private(render(request, "partnerships/join.html", found, status=422 if form.errors else 200))


@never_cache
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """A code, typed on another device."""
    partnership = get_object_or_404(Partnership, public_id=public_id)
    if request.method == "GET":
        return _asked_for_code(request, partnership)
    visit = visit_by(partnership, normal(request.POST.get("code", "")))
    if visit is None:
        return _asked_for_code(request, partnership, is_wrong=True)
    return remember(redirect("partnerships_public:here", public_id), partnership, visit.code)


@require_http_methods(["GET", "POST"])
@visiting
def here(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where this person is: what this is about, what others will see, and the one thing to do next."""
    if "forget" in request.POST:
        return forget(redirect("partnerships_public:enter", visit.partnership.public_id), visit.partnership)
    voice = visit.voice()
    place = place_of(visit.round, voice)
    total = len(tasks_of(visit.round, visit.code, voice)) if visit.round else 0
    found = {
        "place": place,
        "voice": voice,
        "number": open_task(voice, total),
        "total": total,
        "offers": offers_for(visit),
        "is_late": visit.round is not None and is_late(visit.round, voice) and not (voice and voice.is_done),
        "has_agreement": visit.partnership.agreement_versions.exists(),
    }
    return _page(request, visit, "partnerships/here.html", found)


@require_http_methods(["GET", "POST"])
@visiting
def task(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """One task: five cards, one most and one least; kept before the next is shown."""
    one, voice = visit.round, visit.voice()
    if one is None or not (one.stage == Round.Stage.ASKING or is_late(one, voice)):
        return _to(visit, "here")
    tasks = tasks_of(one, visit.code, voice)
    if not 1 <= number <= len(tasks):
        return _to(visit, "task", open_task(voice, len(tasks)))
    shown = tasks[number - 1]
    if request.POST.get("go") == "back":
        return _to(visit, "task", number - 1) if number > 1 else _to(visit, "here")
    sent = request.method == "POST"
    kept = voice.picks.get(str(number), ["", ""]) if voice else ["", ""]
    marks = read_marks(request.POST, shown.items) if sent else Marks(*kept)
    if sent and not marks.problems():
        voices.answer_task(visit=visit, place=number, pick=Pick(marks.most, marks.least))
        return _to(visit, "task", number + 1) if number < len(tasks) else _to(visit, "questions")
    items = {item.id: item for item in one.records()}
    cards = item_cards((items[name] for name in shown.items), marks)
    frame = visit.partnership.frame
    errors = problems_in_words(cards, marks, frame, get_language() or "en") if sent else []
    found = {
        "cards": cards,
        "frame": frame,
        "is_repeat": bool(shown.repeat_of),
        "number": number,
        "total": len(tasks),
        "progress_words": _("Task %(number)s of %(total)s") % {"number": number, "total": len(tasks)},
        "errors": errors,
        "errors_title": problems_title(len(errors)),
        "has_back": True,
    }
    return _page(request, visit, "partnerships/task.html", found, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@visiting
def questions(request: HttpRequest, visit: Visit) -> HttpResponse:
    """After the tasks: did this ask the right thing, and does anything not matter at all? All of it may be left out."""
    one, voice = visit.round, visit.voice()
    if one is None or voice is None or not voice.is_done:
        return _to(visit, "here")
    if not (one.stage == Round.Stage.ASKING or is_late(one, voice)):
        return _to(visit, "here")
    going = GoingForm(request.POST or None, items=going_items(one), kept=voice.going)
    lowest = [placed.item for placed in picture_of(voice).places][::-1][:MOST_ANCHORED]
    if request.method == "POST":
        if request.POST.get("go") != "back" and going.is_valid():
            none_at_all = [item for item in request.POST.getlist("none") if item in lowest]
            relevance = request.POST.get("relevance", "")
            asked = {"relevance": relevance if relevance in RELEVANCE else "", "none": none_at_all}
            voices.answer_questions(visit=visit, matters=asked, going=going.said())
        return _to(visit, "picture") if request.POST.get("go") != "back" else _to(visit, "task", len(voice.tasks))
    items = {item.id: item for item in one.records()}
    found = {
        "lowest": [items[name] for name in lowest],
        "none": voice.matters.get("none", []),
        "relevance": voice.matters.get("relevance", ""),
        "going": going,
    }
    return _page(request, visit, "partnerships/questions.html", found)


@require_GET
@visiting
def picture(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One's own picture, first and private."""
    one, voice = visit.round, visit.voice()
    if one is None or voice is None or not voice.is_done:
        return _to(visit, "here")
    items = {item.id: item for item in one.records()}
    own = picture_of(voice)
    bands = [(band, band_words(band), [(items[put.item], put.tied) for put in own.in_band(band)]) for band in Band]
    none = [items[name] for name in voice.matters.get("none", []) if name in items]
    return _page(
        request,
        visit,
        "partnerships/picture.html",
        {"bands": bands, "none": none, "may_change": may_change(one, voice)},
    )


@require_http_methods(["GET", "POST"])
@visiting
def sharing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Thing by thing: keep, share without a name, share as me. Keeping is where it starts."""
    one, voice = visit.round, visit.voice()
    if one is None or voice is None or not voice.is_done or not may_change(one, voice):
        return _to(visit, "here")
    items = one.records()
    if request.method == "POST":
        form = SharingForm(request.POST, items=items)
        if form.is_valid():
            voices.choose_shares(
                visit=visit, shares=form.shares(), consents=form.consents(), shown_name=form.shown_name()
            )
            return _to(visit, "here")
    else:
        name = voice.shown_name or visit.partner.name
        form = SharingForm(initial=SharingForm.kept(voice.shares, voice.consents, name), items=items)
    of_item = {put.item: put.band for put in picture_of(voice).places}
    rows = [(item, band_words(of_item[item.id]), form[item.id]) for item in items]
    found = {"rows": rows, "form": form}
    return _page(request, visit, "partnerships/sharing.html", found, status=422 if form.errors else 200)


@require_GET
@visiting
def results(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What we share, where we differ, what is worth asking: the same page for everybody."""
    if visit.round is None or visit.round.stage != Round.Stage.OPEN:
        return _to(visit, "here")
    return _page(
        request,
        visit,
        "partnerships/results.html",
        {"results": results_of(visit.round), "second": second_look_of(visit.round), "own": own_changes_of(visit)},
    )


@require_http_methods(["GET", "POST"])
@visiting
def agreement(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was agreed, and this person's own word on it."""
    kept = visit.partnership.agreement_versions.last()
    if kept is None:
        return _to(visit, "here")
    own = kept.marks.filter(partner=visit.partner).first()
    first = {"number": kept.number, "answer": own.answer if own else "", "note": own.note if own else ""}
    form, is_older = MarkForm(request.POST or None, initial=first), False
    if form.is_valid():
        said = form.cleaned_data
        try:
            agreements.mark(visit=visit, number=said["number"], answer=Answer(said["answer"]), note=said["note"])
            return _to(visit, "agreement")
        except agreements.OlderVersionError:
            form, is_older = MarkForm(initial={**first, "note": said["note"]}), True
    found = {
        "kept": kept,
        "sections": by_section(agreements.version_of(kept).lines),
        "acceptance": agreements.acceptance_of(kept),
        "form": form,
        "is_older": is_older,
    }
    return _page(request, visit, "partnerships/agreement_for_partner.html", found, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@visiting
def leaving(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Leave the partnership, and take one's answers along."""
    if request.method == "POST":
        voices.leave(visit=visit)
        left = render(request, "partnerships/left.html", {"partnership": visit.partnership})
        return forget(left, visit.partnership)
    return _page(request, visit, "partnerships/leave.html", {})


def _asked_for_code(
    request: HttpRequest, partnership: Partnership, *, is_wrong: bool = False, was_used: bool = False
) -> HttpResponse:
    problem = _("Nobody here has this code. Please look at each letter once more.") if is_wrong else ""
    found = {
        "partnership": partnership,
        "was_used": was_used,
        "typed": request.POST.get("code", ""),
        "problem": problem,
        "errors": [("code", problem)] if problem else [],
        "errors_title": problems_title(1),
    }
    return kept_private(render(request, "partnerships/code.html", found, status=422 if is_wrong else 200))


def _page(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    everything = {"visit": visit, "partnership": visit.partnership, "round": visit.round, **context}
    return render(request, template, everything, status=status)


def _to(visit: Visit, name: str, *args: int) -> HttpResponse:
    return redirect(f"partnerships_public:{name}", visit.partnership.public_id, *args)
