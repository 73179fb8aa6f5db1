"""One item: how it reads, where it comes from, what was said and decided; and what can be done with it."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.development.log import Candidate, Development
from commonground.development.records import Source
from commonground.records.errors import CommonGroundError
from commonground.web.items import actions
from commonground.web.items.forms import LooseReasonForm, ReasonForm, SourceForm, WordingForm
from commonground.web.items.list_pages import tell
from commonground.web.items.showing import history, origins
from commonground.web.items.standing import development_of
from commonground.web.items.votes import item_votes, mark_names
from commonground.web.items.wording import source_words
from commonground.web.look.templatetags.look import Column
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

MOST_PARTS = 3


def found(now: Development, item: str) -> Candidate:
    """The item of an address."""
    if item not in now.candidates:
        raise Http404
    return now.candidates[item]


@needs(Permission.VIEW)
@never_cache
@require_GET
def item(request: OwnerRequest, public_id: str, item: str) -> HttpResponse:
    """Everything about one item."""
    del public_id
    study, now = request.study, development_of(request.study)
    candidate, round_ = found(now, item), now.open_round
    context = {
        "study": study,
        "item": candidate,
        "is_listed": item in now.order,
        "under_review": round_ is not None and item in round_.under_review,
        "undecided": round_ is not None and item in round_.undecided,
        "round": round_,
        "origins": origins(now, item, study.record()),
        "parents": [now.candidates[one] for one in candidate.parents],
        "children": [now.candidates[one] for one in candidate.children],
        "votes": item_votes(study, now, item, request),
        "columns": [
            Column(label=_("Criterion")),
            *(Column(label=name, number=True) for name in mark_names()),
            Column(label=_("No answer"), number=True),
        ],
        "history": history(study, now, item),
        "form": ReasonForm(),
    }
    return render(request, "items/item.html", context)


@needs(Permission.EDIT)
@require_POST
def decide(request: OwnerRequest, public_id: str, item: str) -> HttpResponse:
    """Keep an item or take it off the list, then go on to the next that waits."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say why."))
        return redirect("items:item", public_id, item)
    reason = form.cleaned_data["reason"]
    try:
        if request.POST.get("verdict") == "remove":
            actions.remove(study=request.study, item=item, reason=reason, actor=request.user)
        else:
            actions.keep(study=request.study, items=[item], reason=reason, actor=request.user)
    except CommonGroundError as error:
        tell(request, error)
        return redirect("items:item", public_id, item)
    messages.success(request, _("Your decision is saved."))
    return _onward(request, public_id)


def _onward(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The next item that waits for a decision, else the round, else the list."""
    round_ = development_of(request.study).open_round
    if round_ is None:
        return redirect("items:list", public_id)
    if round_.undecided and request.POST.get("then") == "next":
        return redirect("items:item", public_id, round_.undecided[0])
    return redirect("items:round", public_id, round_.number)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: OwnerRequest, public_id: str, item: str) -> HttpResponse:
    """Another wording: as the decision of the round where the item is under review."""
    now = development_of(request.study)
    candidate = found(now, item)
    reviewed = now.open_round is not None and item in now.open_round.under_review
    sent = request.POST if request.method == "POST" else None
    form = WordingForm(request.study.record().languages, sent, wording=candidate.wording)
    reason = (ReasonForm if reviewed else LooseReasonForm)(sent)
    if sent is not None and form.is_valid() and reason.is_valid():
        try:
            actions.reword(
                study=request.study,
                item=item,
                wording=form.wording(),
                reason=reason.cleaned_data["reason"],
                actor=request.user,
            )
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The new wording is saved."))
            return _onward(request, public_id) if reviewed else redirect("items:item", public_id, item)
    context = {"study": request.study, "item": candidate, "form": form, "reason": reason, "reviewed": reviewed}
    return render(request, "items/edit.html", context, status=200 if sent is None else 422)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def sources(request: OwnerRequest, public_id: str, item: str) -> HttpResponse:
    """Where an item comes from: add a source, or take one away."""
    now, record = development_of(request.study), request.study.record()
    candidate = found(now, item)
    sent = request.POST if request.method == "POST" else None
    form = SourceForm(record, None if sent is None or "remove" in sent else sent)
    if sent is not None and (changed := _changed_sources(candidate, form, sent)) is not None:
        try:
            actions.cite(study=request.study, item=item, sources=changed, actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The sources are saved."))
            return redirect("items:sources", public_id, item)
    own = [source_words(one, record) for one in candidate.sources]
    context = {"study": request.study, "item": candidate, "form": form, "own": own}
    return render(request, "items/sources.html", context, status=200 if sent is None else 422)


def _changed_sources(candidate: Candidate, form: SourceForm, sent: QueryDict) -> tuple[Source, ...] | None:
    if "remove" in sent:
        return tuple(one for place, one in enumerate(candidate.sources) if str(place) != sent["remove"])
    if not form.is_valid():
        return None
    source = form.source()
    if source is None:
        form.add_error("kind", _("Say of what kind this source is."))
        return None
    return (*candidate.sources, source)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def split(request: OwnerRequest, public_id: str, item: str) -> HttpResponse:
    """Two or three items of one."""
    candidate = found(development_of(request.study), item)
    sent = request.POST if request.method == "POST" else None
    languages = request.study.record().languages
    forms = [
        WordingForm(languages, sent, prefix=f"part{place}", wording=candidate.wording if place == 1 else None,
                    is_optional=place > 2)
        for place in range(1, MOST_PARTS + 1)
    ]  # fmt: skip
    reason = ReasonForm(sent)
    if sent is not None and all([*(form.is_valid() for form in forms), reason.is_valid()]):
        try:
            actions.split(
                study=request.study,
                item=item,
                wordings=[form.wording() for form in forms if not form.is_empty],
                reason=reason.cleaned_data["reason"],
                actor=request.user,
            )
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The item is split. Its parts stand in its place."))
            return _onward(request, public_id)
    context = {"study": request.study, "item": candidate, "forms": forms, "reason": reason}
    return render(request, "items/split.html", context, status=200 if sent is None else 422)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def merge(request: OwnerRequest, public_id: str) -> HttpResponse:
    """One item of several: first which, then how it reads."""
    now = development_of(request.study)
    chosen = [now.candidates[one] for one in dict.fromkeys(request.GET.getlist("item")) if one in now.order]
    if len(chosen) < 2:
        context = {"study": request.study, "items": now.listed, "chosen": {one.id for one in chosen}}
        return render(request, "items/merge_which.html", {**context, "one_more": "item" in request.GET})
    sent = request.POST if request.method == "POST" else None
    form = WordingForm(request.study.record().languages, sent, wording=chosen[0].wording)
    reason = ReasonForm(sent)
    if sent is not None and both_valid(form, reason):
        try:
            actions.merge(
                study=request.study,
                items=tuple(one.id for one in chosen),
                wording=form.wording(),
                reason=reason.cleaned_data["reason"],
                actor=request.user,
            )
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The items are merged into one."))
            return _onward(request, public_id)
    context = {"study": request.study, "chosen": chosen, "form": form, "reason": reason}
    return render(request, "items/merge.html", context, status=200 if sent is None else 422)


def both_valid(first: Form, second: Form) -> bool:
    """Whether two forms are valid; both are looked at, so that all that is wrong is said at once."""
    return all([first.is_valid(), second.is_valid()])


@needs(Permission.EDIT)
@require_POST
def take_back(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """Undo an entry of the log where nothing rests on it."""
    entry = next((one for one in development_of(request.study).entries if one.number == number), None)
    try:
        actions.take_back(study=request.study, entry=number, actor=request.user)
    except CommonGroundError as error:
        tell(request, error)
    else:
        messages.success(request, _("It is taken back. The log keeps that it was there."))
    about = entry.items[0] if entry and entry.items else ""
    return redirect("items:item", public_id, about) if about else redirect("items:list", public_id)
