"""Rounds of review as owners see them: who is asked, what they say, what is decided, and the end of it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonground.development.log import Round
from commonground.records.errors import CommonGroundError
from commonground.web.items import actions, reviewing
from commonground.web.items.forms import ReasonForm, ReviewerForm, RoundForm
from commonground.web.items.list_pages import tell
from commonground.web.items.models import Reviewer
from commonground.web.items.standing import development_of, reviewers_of, round_numbered
from commonground.web.items.votes import aims_of, criteria, may_see_votes, rows_of
from commonground.web.items.where import where
from commonground.web.items.wording import roles, round_name
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def rounds(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Every round, and a form that opens the next."""
    sent = request.method == "POST"
    form = RoundForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            actions.open_round(study=request.study, plan=form.plan(), actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            number = len(development_of(request.study).rounds)
            messages.success(request, _("The round is open. Make a link for each person who reviews."))
            return redirect("items:round", public_id, number)
    now = development_of(request.study)
    told = [(one, round_name(one), len(reviewers_of(request.study, one))) for one in now.rounds]
    context = {"study": request.study, "rounds": told, "now": now, "form": form}
    return render(request, "items/rounds.html", context, status=422 if sent else 200)


@needs(Permission.VIEW)
@never_cache
@require_http_methods(["GET"])
def round_page(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """One round: those who review, the answers by item and criterion, and the decisions."""
    now = development_of(request.study)
    round_ = round_numbered(now, number)
    if round_ is None:
        return redirect("items:rounds", public_id)
    return _show(request, round_, ReviewerForm(request.study.record()))


@needs(Permission.EDIT)
@never_cache
@require_POST
def reviewers(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """Make a link for one person; it is shown here and never again."""
    now = development_of(request.study)
    round_, form = round_numbered(now, number), ReviewerForm(request.study.record(), request.POST)
    if round_ is None or round_.closed is not None:
        return redirect("items:rounds", public_id)
    if not form.is_valid():
        return _show(request, round_, form, status=422)
    try:
        reviewer, token = reviewing.invite_reviewer(
            study=request.study, actor=request.user, now=timezone.now(), **form.cleaned_data
        )
    except CommonGroundError as error:
        tell(request, error)
        return redirect("items:round", public_id, number)
    return _show_link(request, round_, reviewer, token)


@needs(Permission.EDIT)
@never_cache
@require_POST
def reviewer(request: OwnerRequest, public_id: str, number: int, entry: int) -> HttpResponse:
    """Make another link for a person, or withdraw theirs."""
    found = get_object_or_404(Reviewer, study=request.study, round=number, pk=entry)
    round_ = development_of(request.study).open_round
    if round_ is None or round_.number != number or found.token_hash is None:
        return redirect("items:round", public_id, number)
    try:
        if request.POST.get("do") != "withdraw":
            token = reviewing.renew_link(reviewer=found, actor=request.user, now=timezone.now())
            return _show_link(request, round_, found, token)
        reviewing.withdraw_link(reviewer=found, actor=request.user, now=timezone.now())
    except CommonGroundError as error:
        tell(request, error)
    else:
        messages.success(request, _("The link no longer works. What was said stays."))
    return redirect("items:round", public_id, number)


@needs(Permission.EDIT)
@require_POST
def keep_rest(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """Keep every item that has no decision yet, for one reason."""
    round_, form = development_of(request.study).open_round, ReasonForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say why."))
    elif round_ is not None and round_.number == number:
        reason = form.cleaned_data["reason"]
        try:
            actions.keep(study=request.study, items=round_.undecided, reason=reason, actor=request.user)
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("Your decisions are saved."))
    return redirect("items:round", public_id, number)


@needs(Permission.EDIT)
@require_POST
def close(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """Close the round, if every item has its decision."""
    round_ = development_of(request.study).open_round
    if round_ is None or round_.number != number:
        return redirect("items:rounds", public_id)
    try:
        actions.close_round(study=request.study, actor=request.user)
    except CommonGroundError as error:
        tell(request, error)
        return redirect("items:round", public_id, number)
    messages.success(request, _("The round is closed. Links of reviewers no longer work."))
    return redirect("items:list", public_id)


def _show(request: OwnerRequest, round_: Round, form: ReviewerForm, status: int = 200) -> HttpResponse:
    study, now = request.study, development_of(request.study)
    asked, sees = reviewers_of(study, round_), may_see_votes(request, round_)
    known = roles(study.record())
    context = {
        "study": study,
        "round": round_,
        "name": round_name(round_),
        "is_open": round_.closed is None,
        "where": where(study),
        "reviewers": [_told(one, known, len(round_.under_review)) for one in asked],
        "sees_votes": sees,
        "criteria": criteria(),
        "rows": rows_of(study, now, round_, asked if sees else []),
        "aims": aims_of(study, asked) if sees else [],
        "has_votes": sees and any(one.ratings.all() for one in asked),
        "form": form,
        "reason": ReasonForm(),
    }
    return render(request, "items/round.html", context, status=status)


def _told(reviewer: Reviewer, known: dict[str, str], items: int) -> dict[str, object]:
    return {
        "reviewer": reviewer,
        "role": known.get(reviewer.role, ""),
        "rated": len(reviewer.ratings.all()),
        "of": items,
        "works": reviewer.works(timezone.now()),
    }


def _show_link(request: OwnerRequest, round_: Round, reviewer: Reviewer, token: str) -> HttpResponse:
    link = f"{settings.SITE_URL}{reverse('items_public:welcome', args=[token])}"
    context = {"study": request.study, "round": round_, "reviewer": reviewer, "link": link}
    return render(request, "items/link.html", context)
