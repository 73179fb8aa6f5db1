"""What reviewers said, counted by answer; comments stand beside a role, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from commonground.development.differences import FieldChange, wording_changes
from commonground.development.log import Candidate, Development, Round
from commonground.development.ratings import Criterion, ListAim, Mark, Tally, matrix, tally
from commonground.records.study import Study as StudyRecord
from commonground.web.items.models import ListRating, Reviewer
from commonground.web.items.standing import ratings_of, reviewed_wording, reviewers_of
from commonground.web.items.wording import AIMS, CRITERIA, KINDS, MARKS, Asked, roles, round_name, tally_parts
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.roles import Permission, may


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and as what it was made."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers to one question about one item."""

    parts: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a round: its answers by criterion, its comments, and what was decided."""

    candidate: Candidate
    cells: tuple[Cell, ...]
    comments: tuple[Said, ...]
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class AimRow:
    """One question about the whole list."""

    asked: Asked
    words: str
    comments: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ItemVotes:
    """What one round said of one item, criterion by criterion."""

    round: Round
    name: str
    rows: tuple[tuple[object, ...], ...]
    comments: tuple[Said, ...]
    later: tuple[FieldChange, ...]


def may_see_votes(request: OwnerRequest, round_: Round) -> bool:
    """While a round is open only those who decide see what is said: others may be reviewing themselves."""
    return round_.closed is not None or may(request.role, Permission.EDIT)


def rows_of(study: Study, now: Development, round_: Round, reviewers: Sequence[Reviewer]) -> list[Row]:
    """The matrix of a round, an item a row."""
    said = ratings_of(reviewers)
    counted = matrix(round_.under_review, [one.record() for one in said], len(reviewers))
    comments = _comments(study.record(), reviewers)
    return [
        Row(
            now.candidates[item],
            tuple(Cell(tally_parts(one), one) for one in counted[item].values()),
            comments.get(item, ()),
            str(KINDS[round_.decisions[item].kind]) if item in round_.decisions else "",
            round_.decisions[item].reason if item in round_.decisions else "",
        )
        for item in round_.under_review
    ]


def criteria() -> list[Asked]:
    """The six criteria in order."""
    return [CRITERIA[one] for one in Criterion]


def aims_of(study: Study, reviewers: Sequence[Reviewer]) -> list[AimRow]:
    """What was said of the whole list."""
    known = roles(study.record())
    given = [(one, one.list_rating) for one in reviewers if hasattr(one, "list_rating")]
    return [
        AimRow(
            AIMS[aim],
            ", ".join(tally_parts(_of_aim(aim, [rating for _one, rating in given]))),
            tuple(Said(known.get(one.role, ""), r.comments[aim]) for one, r in given if r.comments.get(aim)),
        )
        for aim in ListAim
    ]


def _of_aim(aim: ListAim, ratings: Sequence[ListRating]) -> Tally:
    marks = [one.known_marks() for one in ratings]
    return tally((one[aim] for one in marks if aim in one), len(ratings))


def item_votes(study: Study, now: Development, item: str, request: OwnerRequest) -> list[ItemVotes]:
    """What every round that this person may see said of an item, the last round first."""
    rounds = [one for one in reversed(now.rounds) if item in one.under_review and may_see_votes(request, one)]
    return [_votes(study, now, item, one) for one in rounds]


def _votes(study: Study, now: Development, item: str, round_: Round) -> ItemVotes:
    reviewers = reviewers_of(study, round_)
    counted = matrix([item], [one.record() for one in ratings_of(reviewers)], len(reviewers))[item]
    rows = tuple(
        (str(CRITERIA[one].name), *(found.counts[mark] or "–" for mark in Mark), found.silent or "–")
        for one, found in counted.items()
    )
    candidate = now.candidates[item]
    changes = wording_changes(reviewed_wording(candidate, round_), candidate.wording)
    comments = _comments(study.record(), reviewers).get(item, ())
    return ItemVotes(round_, round_name(round_), rows if reviewers else (), comments, changes)


def mark_names() -> list[str]:
    """The answers in order."""
    return [str(MARKS[one]) for one in Mark]


def _comments(record: StudyRecord, reviewers: Sequence[Reviewer]) -> dict[str, tuple[Said, ...]]:
    known = roles(record)
    found: dict[str, tuple[Said, ...]] = {}
    for reviewer in reviewers:
        for rating in reviewer.ratings.all():
            if rating.comment:
                said = Said(known.get(reviewer.role, ""), rating.comment)
                found[rating.item] = (*found.get(rating.item, ()), said)
    return found
