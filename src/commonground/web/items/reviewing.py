"""Reviewers: their links, what they say, and when they are done. A link is handed out once; only its hash is kept."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from commonground.development.log import Obstacle, Round
from commonground.development.ratings import Criterion, ListAim, Mark
from commonground.web.accounts.models import User
from commonground.web.items.actions import NotPossibleError, hold
from commonground.web.items.models import TEAM, ItemRating, ListRating, Reviewer
from commonground.web.items.standing import development_of
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event

LASTS = timedelta(days=60)
LONGEST = 5000


class ReviewIsOverError(ValueError):
    """The round is closed, or the link was withdrawn or is too old."""


def invite_reviewer(*, study: Study, label: str, role: str, actor: User, now: datetime) -> tuple[Reviewer, str]:
    """Make a link to the open round for one person; the token in it is handed out here and never again.

    Raises
    ------
    NotPossibleError
        If no round is open.
    """
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        round_ = _open_round(hold(study))
        reviewer = Reviewer.objects.create(
            study=study, round=round_.number, label=label, role=role, token_hash=token_hash(token), made_at=now,
            expires_at=now + LASTS,
        )  # fmt: skip
        _audit(study, actor, "made link for reviewer", reviewer=reviewer.pk, round=round_.number, role=role)
    return reviewer, token


def renew_link(*, reviewer: Reviewer, actor: User, now: datetime) -> str:
    """Make another link for the same person; the one before stops working, what was said stays."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        hold(reviewer.study)
        reviewer.token_hash, reviewer.expires_at, reviewer.withdrawn_at = token_hash(token), now + LASTS, None
        reviewer.save(update_fields=["token_hash", "expires_at", "withdrawn_at"])
        _audit(reviewer.study, actor, "renewed link of reviewer", reviewer=reviewer.pk, round=reviewer.round)
    return token


def withdraw_link(*, reviewer: Reviewer, actor: User, now: datetime) -> None:
    """Make a link worthless; what was said stays."""
    with transaction.atomic():
        hold(reviewer.study)
        reviewer.withdrawn_at = now
        reviewer.save(update_fields=["withdrawn_at"])
        _audit(reviewer.study, actor, "withdrew link of reviewer", reviewer=reviewer.pk, round=reviewer.round)


def reviewer_by_token(token: str) -> Reviewer | None:
    """Whose link this is; None where nobody's."""
    return Reviewer.objects.select_related("study").filter(token_hash=token_hash(token)).first()


def member_reviewer(*, study: Study, user: User) -> Reviewer:
    """A member's own review of the open round; begun at the first look.

    Raises
    ------
    NotPossibleError
        If no round is open.
    """
    with transaction.atomic():
        round_ = _open_round(hold(study))
        label = str(user)[:120]
        reviewer, _made = Reviewer.objects.get_or_create(
            study=study, round=round_.number, user=user, defaults={"label": label, "role": TEAM}
        )
    return reviewer


def round_under_review(reviewer: Reviewer, now: datetime) -> Round:
    """The round a person reviews.

    Raises
    ------
    ReviewIsOverError
        If it is closed, or the link works no longer.
    """
    found = development_of(reviewer.study).open_round
    if found is None or found.number != reviewer.round or not reviewer.works(now) or reviewer.study.locked_at:
        raise ReviewIsOverError
    return found


def save_rating(*, reviewer: Reviewer, item: str, marks: Mapping[Criterion, Mark], comment: str) -> None:
    """Keep what a person says of an item; what they said of it before is replaced.

    Raises
    ------
    ReviewIsOverError
        If the round has been closed meanwhile, or the item is not in it.
    """
    with transaction.atomic():
        hold(reviewer.study)
        if item not in round_under_review(_fresh(reviewer), timezone.now()).under_review:
            raise ReviewIsOverError
        said = {"marks": {one.value: mark.value for one, mark in marks.items()}, "comment": comment.strip()[:LONGEST]}
        ItemRating.objects.update_or_create(reviewer=reviewer, item=item, defaults={**said, "saved_at": timezone.now()})


def save_list_rating(
    *, reviewer: Reviewer, marks: Mapping[ListAim, Mark], comments: Mapping[ListAim, str], finished: bool
) -> None:
    """Keep what a person says of the whole list, and, where they say so, that they have finished.

    Raises
    ------
    ReviewIsOverError
        If the round has been closed meanwhile.
    """
    with transaction.atomic():
        hold(reviewer.study)
        reviewer = _fresh(reviewer)
        now = timezone.now()
        round_under_review(reviewer, now)
        said = {
            "marks": {one.value: mark.value for one, mark in marks.items()},
            "comments": {one.value: text.strip()[:LONGEST] for one, text in comments.items() if text.strip()},
        }
        ListRating.objects.update_or_create(reviewer=reviewer, defaults={**said, "saved_at": now})
        if finished and reviewer.finished_at is None:
            reviewer.finished_at = now
            reviewer.save(update_fields=["finished_at"])


def token_hash(token: str) -> str:
    """What the database keeps of a link."""
    return salted_hmac("commonground.items.reviewer", token, algorithm="sha256").hexdigest()


def _fresh(reviewer: Reviewer) -> Reviewer:
    return Reviewer.objects.select_related("study").get(pk=reviewer.pk)


def _open_round(study: Study) -> Round:
    found = development_of(study).open_round
    if found is None:
        raise NotPossibleError(Obstacle.NO_ROUND)
    return found


def _audit(study: Study, actor: User, action: str, **details: object) -> None:
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)
