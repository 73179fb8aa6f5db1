"""The meeting, for whoever facilitates: the agenda, one thing at a time in large letters, prompts, and notes."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.partnership.guide import SHORT, Step, StepKind, agenda, worth_talking
from commonground.partnership.guide_texts import BEFORE, STEP_GUIDES, STEP_TITLES, STOP_RULES, WHEN_STOPPED
from commonground.partnership.prompts import prompt_for
from commonground.partnership.prompts_texts import CLOSING, GENERAL, PROMPTS
from commonground.partnership.publication import Publication
from commonground.records.study import Item
from commonground.web.partnerships import agreements
from commonground.web.partnerships.forms import NoteForm
from commonground.web.partnerships.models import Round
from commonground.web.partnerships.publishing import publication_of
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.partnerships.wording import standing_words
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

FULL = 85
LENGTHS = (SHORT, 60, FULL)


@needs(Permission.VIEW)
@never_cache
@require_GET
def meeting(request: LeadRequest, partnership: str) -> HttpResponse:
    """The agenda, with what to talk about, what to see to beforehand, and when to stop."""
    del partnership
    one = _open_round(request)
    publication = publication_of(one) if one else None
    if one is None or publication is None:
        return redirect(request.partnership)
    minutes = _minutes(request)
    items = {item.id: item for item in one.records()}
    steps = [
        (step, STEP_TITLES[step.kind], STEP_GUIDES[step.kind], [items[name] for name in step.items])
        for step in agenda(publication, minutes)
    ]
    found = {
        "partnership": request.partnership,
        "minutes": minutes,
        "lengths": LENGTHS,
        "steps": steps,
        "others": [item for item in items.values() if item not in [one for _a, _b, _c, some in steps for one in some]],
        "before": BEFORE,
        "stop_rules": STOP_RULES,
        "when_stopped": WHEN_STOPPED,
        "closing": CLOSING,
    }
    return render(request, "partnerships/meeting.html", found)


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def talk(request: LeadRequest, partnership: str, item: str) -> HttpResponse:
    """One thing in large letters, the prompt, and what is written down."""
    one = _open_round(request)
    publication = publication_of(one) if one else None
    if one is None or publication is None:
        return redirect(request.partnership)
    items = {found.id: found for found in one.records()}
    if item not in items:
        raise Http404
    form = NoteForm(request.POST or None)
    if form.is_valid():
        agreements.write_down(partnership=request.partnership, item=item, **form.cleaned_data)
        return redirect("partnerships:talk", partnership, item)
    order = _order(publication, _minutes(request), tuple(items))
    place = order.index(item)
    found = {
        "partnership": request.partnership,
        "item": items[item],
        "standing": _standing(publication, items[item]),
        "prompt": prompt_for(item, PROMPTS, GENERAL),
        "form": form,
        "notes": request.partnership.notes.filter(item=item),
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
        "number": place + 1,
        "total": len(order),
    }
    return render(request, "partnerships/talk.html", found, status=422 if form.errors else 200)


@needs(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def note(request: LeadRequest, partnership: str, number: int) -> HttpResponse:
    """Take back something written down."""
    found = get_object_or_404(request.partnership.notes, pk=number)
    item = found.item
    if request.method == "POST":
        found.delete()
    return redirect("partnerships:talk", partnership, item) if item else redirect("partnerships:meeting", partnership)


def _open_round(request: LeadRequest) -> Round | None:
    one = request.partnership.round
    return one if one is not None and one.stage == Round.Stage.OPEN else None


def _minutes(request: LeadRequest) -> int:
    asked = request.GET.get("minutes", "")
    return int(asked) if asked in {str(length) for length in LENGTHS} else FULL


def _order(publication: Publication, minutes: int, items: tuple[str, ...]) -> list[str]:
    """What the agenda talks about, in its order, then what else is worth it, then the rest."""
    steps: tuple[Step, ...] = agenda(publication, minutes)
    talked = [name for step in steps if step.kind is not StepKind.CLOSING for name in step.items]
    worth = [picture.item for picture in worth_talking(publication)]
    return list(dict.fromkeys((*talked, *worth, *items)))


def _standing(publication: Publication, item: Item) -> str:
    found = {told.item: told.standing for told in publication.items}
    return standing_words(found[item.id]) if item.id in found else ""
