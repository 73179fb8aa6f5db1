"""Where the items and the pretest of a study stand, in a sentence, and the one next thing to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.development.log import Development, Round
from commonground.web.accounts.models import User
from commonground.web.items.into_document import differs
from commonground.web.items.standing import development_of, reviewers_of
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class Where:
    """Whether something is settled, a sentence about it, and what to do next: a button's words and address."""

    is_settled: bool
    words: str
    label: str
    url: str


def where(study: Study) -> Where:
    """Where the list of items stands. A list that lives in the study document alone is settled by it."""
    now = development_of(study)
    if not now.candidates:
        return _in_document_only(study)
    if now.open_round is not None:
        return _in_round(study, now.open_round)
    return _between(study, now)


def _address(study: Study, name: str, *more: object) -> str:
    return reverse(f"items:{name}", args=[study.public_id, *more])


def _in_document_only(study: Study) -> Where:
    number = len(study.record().items)
    words = ngettext(
        "%(number)s item stands in the study document.", "%(number)s items stand in the study document.", number
    )
    return Where(True, words % {"number": number}, _("Look at the items"), _address(study, "list"))


def _in_round(study: Study, round_: Round) -> Where:
    reviewers = reviewers_of(study, round_)
    done = sum(one.finished_at is not None for one in reviewers)
    words = _("Round %(round)s is open.") % {"round": round_.number}
    if reviewers:
        told = ngettext(
            "%(done)s of %(all)s reviewer has finished.", "%(done)s of %(all)s reviewers have finished.", len(reviewers)
        )
        words = f"{words} {told % {'done': done, 'all': len(reviewers)}}"
    if round_.undecided:
        waiting = ngettext(
            "%(n)s item waits for a decision.", "%(n)s items wait for a decision.", len(round_.undecided)
        )
        words = f"{words} {waiting % {'n': len(round_.undecided)}}"
    label = _("Go to the round") if round_.undecided else _("Close the round")
    return Where(False, words, label, _address(study, "round", round_.number))


def _between(study: Study, now: Development) -> Where:
    number = ngettext("%(number)s item is on the list.", "%(number)s items are on the list.", len(now.order))
    words = number % {"number": len(now.order)}
    if not now.rounds:
        return Where(False, words, _("Open a round of review"), _address(study, "rounds"))
    rounds = ngettext("%(n)s round of review is closed.", "%(n)s rounds of review are closed.", len(now.rounds))
    words = f"{words} {rounds % {'n': len(now.rounds)}}"
    if study.launched_at is None and differs(study, now):
        return Where(False, words, _("Bring the list into the study"), _address(study, "to-document"))
    return Where(True, words, _("Look at the items"), _address(study, "list"))


def waits_for_review(study: Study, user: User) -> bool:
    """Whether a round is open that this member has not finished reviewing."""
    round_ = development_of(study).open_round
    if round_ is None or study.locked_at is not None:
        return False
    return not study.item_reviewers.filter(round=round_.number, user=user, finished_at__isnull=False).exists()


def pretest_where(study: Study) -> Where:
    """Where the pretest stands; it is settled once an interview was held and nothing is left to ask."""
    held, open_ = study.pretest_interviews.count(), study.pretest_findings.filter(answer="ask_again").count()
    words = ngettext("%(number)s interview was held.", "%(number)s interviews were held.", held) % {"number": held}
    if not held:
        return Where(False, _("No interview has been held yet."), _("Plan the pretest"), _address(study, "pretest"))
    return Where(not open_, words, _("Look at the pretest"), _address(study, "pretest"))
