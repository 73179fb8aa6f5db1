"""What a reviewer sees, without an account by a link, or as a member: one item at a time, then the whole list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.development.log import Development, Round
from commonground.development.ratings import Criterion, ListAim, Mark
from commonground.web.items.actions import NotPossibleError
from commonground.web.items.models import ItemRating, ListRating, Reviewer
from commonground.web.items.reviewing import (
    ReviewIsOverError,
    member_reviewer,
    reviewer_by_token,
    round_under_review,
    save_list_rating,
    save_rating,
)
from commonground.web.items.standing import development_of, reviewed_wording
from commonground.web.items.wording import AIMS, CRITERIA, MARKS, Asked, roles
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

Question = TypeVar("Question", Criterion, ListAim)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at a review: who, of what, and under which addresses its pages stand."""

    reviewer: Reviewer
    round: Round
    now: Development
    address: Callable[..., str]

    @property
    def items(self) -> tuple[str, ...]:
        """The items to rate, in order."""
        return self.round.under_review

    @property
    def last(self) -> int:
        """The number of the last item."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question, as a radio button."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Posed:
    """A question with its answers, and the comment that goes with it."""

    name: str
    asked: Asked
    choices: tuple[Choice, ...]
    comment: str = ""


@never_cache
@require_http_methods(["GET"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """What this is about, how long it takes, and who sees what."""
    return _at_desk(request, _by_token(token), _welcome)


@never_cache
@require_http_methods(["GET", "POST"])
def one_item(request: HttpRequest, token: str, place: int) -> HttpResponse:
    """One item with its six questions; what is sent is kept before the next page."""
    return _at_desk(request, _by_token(token), lambda asked, desk: _item(asked, desk, place))


@never_cache
@require_http_methods(["GET", "POST"])
def whole_list(request: HttpRequest, token: str) -> HttpResponse:
    """The questions about the whole list, and the end."""
    return _at_desk(request, _by_token(token), _list)


@never_cache
@require_http_methods(["GET"])
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks; everything can still be changed until the round closes."""
    return _at_desk(request, _by_token(token), _done)


@needs(Permission.REVIEW)
@never_cache
@require_http_methods(["GET"])
def member_welcome(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The first page of a member's own review."""
    del public_id
    return _at_desk(request, _by_member(request), _welcome)


@needs(Permission.REVIEW)
@never_cache
@require_http_methods(["GET", "POST"])
def member_item(request: OwnerRequest, public_id: str, place: int) -> HttpResponse:
    """One item of a member's own review."""
    del public_id
    return _at_desk(request, _by_member(request), lambda asked, desk: _item(asked, desk, place))


@needs(Permission.REVIEW)
@never_cache
@require_http_methods(["GET", "POST"])
def member_list(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The whole list in a member's own review."""
    del public_id
    return _at_desk(request, _by_member(request), _list)


@needs(Permission.REVIEW)
@never_cache
@require_http_methods(["GET"])
def member_done(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The end of a member's own review."""
    del public_id
    return _at_desk(request, _by_member(request), _done)


def _by_token(token: str) -> Callable[[], Desk]:
    def sit() -> Desk:
        reviewer = reviewer_by_token(token)
        if reviewer is None:
            raise ReviewIsOverError
        return _desk(reviewer, lambda name, *more: reverse(f"items_public:{name}", args=[token, *more]))

    return sit


def _by_member(request: OwnerRequest) -> Callable[[], Desk]:
    names = {"welcome": "review", "item": "review-item", "list": "review-list", "done": "review-done"}

    def sit() -> Desk:
        reviewer = member_reviewer(study=request.study, user=request.user)
        public_id = request.study.public_id
        return _desk(reviewer, lambda name, *more: reverse(f"items:{names[name]}", args=[public_id, *more]))

    return sit


def _desk(reviewer: Reviewer, address: Callable[..., str]) -> Desk:
    round_ = round_under_review(reviewer, timezone.now())
    return Desk(reviewer, round_, development_of(reviewer.study), address)


def _at_desk(
    request: HttpRequest, sit: Callable[[], Desk], page: Callable[[HttpRequest, Desk], HttpResponse]
) -> HttpResponse:
    """Show a page of the review, or say that it is over."""
    try:
        response = page(request, sit())
    except (ReviewIsOverError, NotPossibleError, StudyIsLockedError):
        response = render(request, "items/review/over.html", status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def _welcome(request: HttpRequest, desk: Desk) -> HttpResponse:
    rated = set(desk.reviewer.ratings.values_list("item", flat=True))
    place = next((place for place, item in enumerate(desk.items, start=1) if item not in rated), 0)
    first = desk.address("item", place) if place else desk.address("list")
    role = roles(desk.reviewer.study.record()).get(desk.reviewer.role, "")
    return _render(request, desk, "welcome.html", first=first, has_begun=bool(rated), role=role)


def _item(request: HttpRequest, desk: Desk, place: int) -> HttpResponse:
    if not 0 < place <= desk.last:
        return redirect(desk.address("list"))
    item = desk.items[place - 1]
    if request.method == "POST":
        marks = _marks(request.POST, Criterion)
        save_rating(reviewer=desk.reviewer, item=item, marks=marks, comment=request.POST.get("comment", ""))
        return redirect(_onward(desk, place, request.POST.get("go", "")))
    said = ItemRating.objects.filter(reviewer=desk.reviewer, item=item).first()
    return _render(
        request,
        desk,
        "item.html",
        place=place,
        wording=reviewed_wording(desk.now.candidates[item], desk.round),
        posed=_posed(CRITERIA, said.marks if said else {}),
        comment=said.comment if said else "",
        others=[_label(desk, one) for one in desk.items if one != item],
    )


def _onward(desk: Desk, place: int, go: str) -> str:
    if go == "back":
        return desk.address("item", place - 1) if place > 1 else desk.address("welcome")
    return desk.address("item", place + 1) if place < desk.last else desk.address("list")


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    said = ListRating.objects.filter(reviewer=desk.reviewer).first()
    if request.method == "POST":
        finished = request.POST.get("go") != "back"
        save_list_rating(
            reviewer=desk.reviewer,
            marks=_marks(request.POST, ListAim),
            comments={aim: request.POST.get(f"comment-{aim.value}", "") for aim in ListAim},
            finished=finished,
        )
        return redirect(desk.address("done") if finished else desk.address("item", desk.last))
    posed = _posed(AIMS, said.marks if said else {}, said.comments if said else {})
    labels = [_label(desk, one) for one in desk.items]
    return _render(request, desk, "list.html", posed=posed, labels=labels, open=_unanswered(desk))


def _done(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _render(request, desk, "done.html", open=_unanswered(desk))


def _unanswered(desk: Desk) -> list[dict[str, object]]:
    """The items with a question that has no answer yet."""
    said = {one.item: one.record().marks for one in desk.reviewer.ratings.all()}
    return [
        {"label": _label(desk, item), "url": desk.address("item", place), "place": place}
        for place, item in enumerate(desk.items, start=1)
        if len(said.get(item, {})) < len(Criterion)
    ]


def _label(desk: Desk, item: str) -> object:
    return reviewed_wording(desk.now.candidates[item], desk.round).label


def _marks(sent: QueryDict, questions: type[Question]) -> dict[Question, Mark]:
    return {one: Mark(mark) for one in questions if (mark := sent.get(one.value)) and mark in set(Mark)}


def _posed(
    asked: Mapping[Question, Asked],
    said: Mapping[str, str],
    comments: Mapping[str, str] | None = None,
) -> list[Posed]:
    comments = comments or {}
    return [
        Posed(
            name.value,
            question,
            tuple(Choice(mark.value, str(MARKS[mark]), said.get(name.value) == mark.value) for mark in Mark),
            comments.get(name.value, ""),
        )
        for name, question in asked.items()
    ]


def _render(request: HttpRequest, desk: Desk, template: str, **context: object) -> HttpResponse:
    study = desk.reviewer.study.record()
    everything = {
        "study": study,
        "desk": desk,
        "home": desk.address("welcome"),
        "list_url": desk.address("list"),
        "words": _("Item %(place)s of %(all)s") % {"place": context.get("place", desk.last), "all": desk.last},
        **context,
    }
    return render(request, f"items/review/{template}", everything)
