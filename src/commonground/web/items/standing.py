"""Where the list of a study stands, read from its log."""

from collections.abc import Iterable

from commonground.development.log import Candidate, Development, Round, replay
from commonground.development.records import Wording
from commonground.web.items.models import ItemRating, Reviewer
from commonground.web.studies.models import Study


def development_of(study: Study) -> Development:
    """The list, its rounds and everything before."""
    return replay(one.record() for one in study.item_log.all())


def reviewed_wording(candidate: Candidate, round_: Round) -> Wording:
    """What reviewers of a round read: the words of the moment it opened."""
    return candidate.wording_at(round_.opened)


def reviewers_of(study: Study, round_: Round) -> list[Reviewer]:
    """Those asked in a round; who was withdrawn before saying anything is left out."""
    asked = study.item_reviewers.filter(round=round_.number).prefetch_related("ratings").select_related("list_rating")
    return [one for one in asked if one.withdrawn_at is None or one.ratings.all()]


def ratings_of(reviewers: Iterable[Reviewer]) -> list[ItemRating]:
    """Everything they said of single items."""
    return [rating for one in reviewers for rating in one.ratings.all()]


def round_numbered(now: Development, number: int) -> Round | None:
    """A round by its number."""
    return now.rounds[number - 1] if 0 < number <= len(now.rounds) else None
