"""The home page: the partnerships and studies I am in, what waits for me, one button to start each."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.web.items.where import waits_for_review
from commonground.web.partnerships.models import Partnership, Round
from commonground.web.results.tallies import complete_in_each
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import Member, Workspace
from commonground.web.workspaces.roles import Permission, may
from commonground.web.workspaces.second_factors import is_lacking


@dataclass(frozen=True, slots=True)
class Card:
    """A study on the home page. The counts are None for a published study."""

    study: Study
    complete: int | None = None
    planned: int | None = None
    review: bool = False
    """Whether its items wait for a review of mine."""

    @property
    def bar(self) -> int:
        """How far the bar goes: more answers than planned fill it, no more."""
        return min(self.complete or 0, self.planned or 0)

    @property
    def waits(self) -> str:
        """What waits for its owner, in a sentence; empty where nothing does."""
        if self.complete is None:
            return ""
        if self.review:
            return _("Its items wait for your review.")
        if not self.study.is_open and self.complete == 0:
            return _("Waits for you to open it.")
        if self.study.is_open and self.planned is not None and self.complete >= self.planned:
            return _("The planned number is reached: time for the report.")
        return ""


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A partnership on the home page."""

    partnership: Partnership

    @property
    def waits(self) -> str:
        """What waits for its lead, in a sentence."""
        one = self.partnership.round
        if one is None:
            return _("Waits for you to open the questions.")
        return {
            Round.Stage.ASKING: _("The questions are open."),
            Round.Stage.CLOSED: _("Waits for you to open the results."),
            Round.Stage.OPEN: _("The results are open."),
        }[Round.Stage(one.stage)]


@dataclass(frozen=True, slots=True)
class Section:
    """A workspace of mine with its partnerships and studies."""

    workspace: Workspace
    role: str
    cards: list[Card]
    teams: list[TeamCard]
    may_manage: bool
    may_edit: bool
    lacks_factor: bool
    """Whether a second factor has to be set up before anything here is shown."""


@never_cache
@require_GET
def home(request: OwnerRequest) -> HttpResponse:
    """List the partnerships and studies of the person signed in, by workspace."""
    members = list(
        Member.objects.filter(user=request.user).select_related("workspace", "user").order_by("workspace__name", "pk")
    )
    seen = [member.workspace for member in members if not is_lacking(member)]
    studies = list(Study.objects.of(request.user).filter(workspace__in=seen).select_related("workspace"))
    complete = complete_in_each(studies)
    cards = [_card(study, complete.get(study.pk, 0)) for study in studies]
    partnerships = Partnership.objects.of(request.user).filter(workspace__in=seen).prefetch_related("rounds")
    teams = [TeamCard(one) for one in partnerships]
    sections = [_section(member, cards, teams) for member in members]
    is_new = not cards and not teams and len(seen) == len(members)
    return render(request, "home.html", {"sections": sections, "is_new": is_new})


def _section(member: Member, cards: list[Card], teams: list[TeamCard]) -> Section:
    return Section(
        member.workspace,
        member.get_role_display(),
        [_for(member, card) for card in cards if card.study.workspace_id == member.workspace_id],
        [team for team in teams if team.partnership.workspace_id == member.workspace_id],
        may_manage=may(member.role, Permission.MANAGE),
        may_edit=may(member.role, Permission.EDIT),
        lacks_factor=is_lacking(member),
    )


def _for(member: Member, card: Card) -> Card:
    """The card as this member sees it: who reviews items and decides nothing is told that they wait."""
    reviews = may(member.role, Permission.REVIEW) and not may(member.role, Permission.EDIT)
    return replace(card, review=reviews and waits_for_review(card.study, member.user))


def _card(study: Study, complete: int) -> Card:
    if study.kind == Study.Kind.PUBLISHED:
        return Card(study)
    planned = [group.planned for group in study.record().groups]
    return Card(study, complete, sum(one for one in planned if one) if all(planned) else None)
