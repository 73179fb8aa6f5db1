"""What the codes of item development say on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonground.development.checks import Concern
from commonground.development.flow import StageKind
from commonground.development.log import Obstacle, Round
from commonground.development.pretest import Answer, Clarity, Fit
from commonground.development.ratings import Criterion, ListAim, Mark, Tally
from commonground.development.records import Kind, RoundKind, Source
from commonground.development.screens import ScreenKind
from commonground.records.study import ProvenanceSource
from commonground.records.study import Study as StudyRecord
from commonground.web.items.models import METHOD_EXPERT, OTHER, TEAM
from commonground.web.look.templatetags.look import said


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its name, what is asked, and help in plain words."""

    name: Promise
    question: Promise
    help: Promise


CRITERIA: Mapping[Criterion, Asked] = {
    Criterion.RELEVANCE: Asked(
        gettext_lazy("Relevance"),
        gettext_lazy("Does it matter here?"),
        gettext_lazy("Somebody in this setting could say: yes, that makes a difference to me."),
    ),
    Criterion.COHERENCE: Asked(
        gettext_lazy("Coherence"),
        gettext_lazy("Does it say one thing, and clearly?"),
        gettext_lazy("Not two things joined by “and”, and no word that people read in different ways."),
    ),
    Criterion.PRACTICALITY: Asked(
        gettext_lazy("Practicality"),
        gettext_lazy("Could people act on it?"),
        gettext_lazy("If it came out on top, a team would know what to do or whom to ask."),
    ),
    Criterion.INDEPENDENCE: Asked(
        gettext_lazy("Independence"),
        gettext_lazy("Is it different from every other item?"),
        gettext_lazy("It does not say the same as another one, and having it does not bring another one along."),
    ),
    Criterion.NONDOMINANCE: Asked(
        gettext_lazy("Not above all"),
        gettext_lazy("Could another item sometimes matter more?"),
        gettext_lazy("Say no if it is so important that nearly everybody would choose it, whatever stands beside it."),
    ),
    Criterion.NONSUBORDINANCE: Asked(
        gettext_lazy("Not below all"),
        gettext_lazy("Could it sometimes matter most?"),
        gettext_lazy("Say no if it is so unimportant that hardly anybody would ever choose it."),
    ),
}

AIMS: Mapping[ListAim, Asked] = {
    ListAim.RELEVANCE: Asked(
        gettext_lazy("Relevance"),
        gettext_lazy("Do these items belong together for this question?"),
        gettext_lazy("Which one does not, if any?"),
    ),
    ListAim.CLARITY: Asked(
        gettext_lazy("Clarity"),
        gettext_lazy("Would everybody who is asked understand them?"),
        gettext_lazy("Which words would trip somebody?"),
    ),
    ListAim.COMPLETENESS: Asked(
        gettext_lazy("Completeness"),
        gettext_lazy("Is everything here that matters?"),
        gettext_lazy("What is missing?"),
    ),
}

MARKS: Mapping[Mark, Promise] = {
    Mark.YES: gettext_lazy("Yes"),
    Mark.PARTLY: gettext_lazy("Partly"),
    Mark.NO: gettext_lazy("No"),
    Mark.UNSURE: gettext_lazy("Cannot say"),
}

ROUNDS: Mapping[RoundKind, Promise] = {
    RoundKind.INTERNAL: gettext_lazy("Review by the team"),
    RoundKind.METHOD_EXPERT: gettext_lazy("Review by an expert in the method"),
    RoundKind.PANEL: gettext_lazy("Review by an expert panel"),
    RoundKind.OWN: gettext_lazy("Another review"),
}

SOURCES: Mapping[ProvenanceSource, Promise] = {
    ProvenanceSource.LITERATURE: gettext_lazy("Literature"),
    ProvenanceSource.FRAMEWORK: gettext_lazy("Framework (CFIR 2022)"),
    ProvenanceSource.NEEDS_ASSESSMENT: gettext_lazy("Needs assessment"),
    ProvenanceSource.ELICITATION: gettext_lazy("Theme of interviews or groups"),
    ProvenanceSource.OTHER: gettext_lazy("Something else"),
}

KINDS: Mapping[Kind, Promise] = {
    Kind.ADD: gettext_lazy("Added"),
    Kind.REWORD: gettext_lazy("Reworded"),
    Kind.CITE: gettext_lazy("Sources changed"),
    Kind.KEEP: gettext_lazy("Kept as it is"),
    Kind.REVISE: gettext_lazy("Revised"),
    Kind.MERGE: gettext_lazy("Merged"),
    Kind.SPLIT: gettext_lazy("Split"),
    Kind.REMOVE: gettext_lazy("Removed"),
    Kind.OPEN_ROUND: gettext_lazy("Round opened"),
    Kind.CLOSE_ROUND: gettext_lazy("Round closed"),
    Kind.TAKE_BACK: gettext_lazy("Taken back"),
}

FIELD_NAMES: Mapping[str, Promise] = {
    "label": gettext_lazy("Item"),
    "short_label": gettext_lazy("Short form"),
    "definition": gettext_lazy("Meaning"),
    "examples": gettext_lazy("Examples"),
}

OBSTACLES: Mapping[Obstacle, Promise] = {
    Obstacle.NO_ROUND: gettext_lazy("No round of review is open."),
    Obstacle.ROUND_IS_OPEN: gettext_lazy("A round of review is open. Close it first."),
    Obstacle.UNDECIDED: gettext_lazy("An item has no decision yet, so the round stays open."),
    Obstacle.DECIDED: gettext_lazy("This round has decided about the item already. Take that back first."),
    Obstacle.NOT_LISTED: gettext_lazy("The item is not on the list any more."),
    Obstacle.STILL_LISTED: gettext_lazy("The item is still on the list."),
    Obstacle.EMPTY_LIST: gettext_lazy("There is nothing on the list to review yet."),
    Obstacle.ID_TAKEN: gettext_lazy("The list has been started already."),
    Obstacle.TOO_FEW: gettext_lazy("Choose at least two items to merge; a split makes at least two."),
    Obstacle.NO_REASON: gettext_lazy("Say why."),
    Obstacle.SAME_WORDING: gettext_lazy("Nothing has changed in the wording."),
    Obstacle.CANNOT_TAKE_BACK: gettext_lazy("This cannot be taken back any more: something rests on it."),
    Obstacle.INCOMPLETE: gettext_lazy("Something is missing."),
}

CONCERNS: Mapping[Concern, Promise] = {
    Concern.BROKEN_LOG: gettext_lazy("The log does not add up. Please tell whoever runs this site."),
    Concern.FEW_ITEMS: gettext_lazy("A study needs at least four items."),
    Concern.SAME_LABEL: gettext_lazy("These read the same:"),
    Concern.MISSING_LANGUAGE: gettext_lazy("A text is missing in one of the study’s languages:"),
    Concern.NO_SOURCE: gettext_lazy("Nothing says where these come from:"),
    Concern.NEVER_REVIEWED: gettext_lazy("No round has reviewed these:"),
    Concern.REWORDED_SINCE: gettext_lazy("Nobody has reviewed the words these have now:"),
}

SCREENS: Mapping[ScreenKind, Promise] = {
    ScreenKind.CONSENT: gettext_lazy("Consent"),
    ScreenKind.BACKGROUND: gettext_lazy("Questions before the tasks"),
    ScreenKind.GLOSSARY: gettext_lazy("Words explained"),
    ScreenKind.EXPLANATION: gettext_lazy("How a task works"),
    ScreenKind.EXAMPLE: gettext_lazy("The worked example"),
    ScreenKind.TASKS: gettext_lazy("The tasks"),
    ScreenKind.QUALITY: gettext_lazy("Questions about the tasks"),
    ScreenKind.DEMOGRAPHICS: gettext_lazy("Questions at the end"),
    ScreenKind.THANKS: gettext_lazy("Thanks"),
}

CLARITIES: Mapping[Clarity, Promise] = {
    Clarity.CLEAR: gettext_lazy("Clear"),
    Clarity.PARTLY: gettext_lazy("Partly"),
    Clarity.UNCLEAR: gettext_lazy("Not clear"),
}

LENGTHS: Mapping[Fit, Promise] = {
    Fit.TOO_LITTLE: gettext_lazy("Too short"),
    Fit.RIGHT: gettext_lazy("About right"),
    Fit.TOO_MUCH: gettext_lazy("Too long"),
}

NUMBERS: Mapping[Fit, Promise] = {
    Fit.TOO_LITTLE: gettext_lazy("Too few"),
    Fit.RIGHT: gettext_lazy("About right"),
    Fit.TOO_MUCH: gettext_lazy("Too many"),
}

ANSWERS: Mapping[Answer, Promise] = {
    Answer.CHANGE: gettext_lazy("Change it"),
    Answer.LEAVE: gettext_lazy("Leave it as it is"),
    Answer.ASK_AGAIN: gettext_lazy("Ask more people"),
}


def round_name(round_: Round) -> str:
    """What a round is called."""
    return round_.plan.title or str(ROUNDS[round_.plan.kind])


def stage_name(kind: StageKind, number: int) -> str:
    """What a stage of the flow is called."""
    if kind is StageKind.COLLECTED:
        return _("Candidates")
    if kind is StageKind.BETWEEN:
        return _("After round %(number)s") % {"number": number}
    return _("Round %(number)s") % {"number": number}


def roles(record: StudyRecord) -> dict[str, str]:
    """What a reviewer can be: one of a partner group, of the team, an expert in the method, or somebody else."""
    groups = {group.id: said(group.label) for group in record.groups}
    return {**groups, METHOD_EXPERT: _("Expert in the method"), TEAM: _("Study team"), OTHER: _("Somebody else")}


def tally_parts(tally: Tally) -> tuple[str, ...]:
    """The answers that were given, each in words, such as "5 yes" and "1 no"."""
    told = {
        Mark.YES: ngettext("%(n)s yes", "%(n)s yes", tally.counts[Mark.YES]),
        Mark.PARTLY: ngettext("%(n)s partly", "%(n)s partly", tally.counts[Mark.PARTLY]),
        Mark.NO: ngettext("%(n)s no", "%(n)s no", tally.counts[Mark.NO]),
        Mark.UNSURE: ngettext("%(n)s cannot say", "%(n)s cannot say", tally.counts[Mark.UNSURE]),
    }
    return tuple(words % {"n": tally.counts[mark]} for mark, words in told.items() if tally.counts[mark]) or ("–",)


def source_words(source: Source, record: StudyRecord) -> str:
    """A source on one line: its theme, construct and citation, and who spoke of it."""
    parts = [source.theme, source.cfir, source.citation, _spoken_of(source, record), source.note]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _spoken_of(source: Source, record: StudyRecord) -> str:
    if not source.participants:
        return ""
    names = {group.id: said(group.label) for group in record.groups}
    groups = "; ".join(f"{names.get(group, group)}: {number}" for group, number in source.participants.items())
    people = ngettext("%(number)s person spoke of it", "%(number)s people spoke of it", source.said_by)
    return f"{people % {'number': source.said_by}} ({groups})"
