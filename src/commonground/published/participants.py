"""People like the published study's: how many get how far, and how each group answers the questions.

For simulation only. Shares come from Tables 2 and 3 and from the data-quality figures; a question of a study document
is recognised by its id, its options by their English labels, as the template `partner-priorities` spells them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from commonground.published.characteristics import BLOCKS, YEARS, PrintedBlock, PrintedCharacteristic
from commonground.published.conduct import (
    BEGAN,
    CONSENTED,
    CONSIDERED,
    DROPOUT_INFERRED,
    UNDERSTOOD,
    PrintedAnswers,
)
from commonground.published.tables import GROUP_SIZES
from commonground.records.questions import Option, Question, QuestionType
from commonground.records.study import Study
from commonground.simulation.fielding import Flow
from commonground.simulation.questionnaire import AnswerShares

NOT_STARTED = CONSENTED - BEGAN
"""People who consented and were not eligible or did not begin; the study does not say how many were which."""

FLOW = Flow(
    complete=GROUP_SIZES,
    stopped=DROPOUT_INFERRED,
    ineligible=NOT_STARTED - 16,
    undecided=6,
    waiting=10,
)
"""The published flow, 208 → 152 → 127. Drop-outs by group are inferred; how the 56 divide is made up."""

BLOCK_OF = MappingProxyType(
    {
        "gender": "Gender",
        "race": "Race",
        "country": "Country",
        "age": "Age (years)",
        "education": "Highest level of education",
        "areas": "Area of KM experience",
        "types": "Type of KM experience",
        "roles": "KM roles held",
        "partners": "Partner types collaborated with",
        "level": "Level of KM experience",
        "profession": "Health profession",
        "career": "Researcher career stage",
        "study-area": "Area of study",
        "lived": "Type of lived experience",
    }
)
"""Question id to the printed block it stands for."""

QUALITY_ANSWERS: Mapping[str, tuple[PrintedAnswers, Mapping[str, str]]] = MappingProxyType(
    {
        "understood": (UNDERSTOOD, {"yes": "yes", "no": "no", "unsure": "unsure"}),
        "considered": (
            CONSIDERED,
            {
                "every": "every time",
                "more-half": "more than half the time",
                "less-half": "less than half the time",
                "never": "never",
            },
        ),
    }
)
"""Question id to the printed answers, and the option ids that stand for them."""

MADE_UP = MappingProxyType(
    {"first-language": AnswerShares({"english": 0.84, "french": 0.07, "another-language": 0.08, "prefer-not": 0.01})}
)
"""Questions the published study does not report; these shares are invented so that a demonstration looks like life."""


def answer_shares(study: Study) -> dict[tuple[str, str], AnswerShares]:
    """How the published study's groups would answer this study's questions, as far as they are the same questions.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of (question id, group id) to AnswerShares
        Questions that were not in the published study are left out, but for those in `MADE_UP`.
    """
    shares: dict[tuple[str, str], AnswerShares] = {}
    for question in study.all_questions():
        if question.id in BLOCK_OF:
            shares.update(_block_shares(question, BLOCKS[BLOCK_OF[question.id]]))
        elif question.id in QUALITY_ANSWERS:
            shares[question.id, ""] = _quality_shares(*QUALITY_ANSWERS[question.id])
        elif question.id in MADE_UP:
            shares[question.id, ""] = MADE_UP[question.id]
        elif question.id == "years" and question.type is QuestionType.NUMBER:
            for group, printed in YEARS.items():
                shares[question.id, group] = AnswerShares(mean=float(printed.mean), sd=float(printed.sd))
    return shares


def _quality_shares(printed: PrintedAnswers, named: Mapping[str, str]) -> AnswerShares:
    everybody = sum(GROUP_SIZES.values())
    return AnswerShares({option: printed.answers[answer][0] / everybody for option, answer in named.items()})


def _block_shares(question: Question, block: PrintedBlock) -> Iterator[tuple[tuple[str, str], AnswerShares]]:
    for column, group in enumerate(block.groups):
        people = {_spaced(row.label): row.people[column] for row in block.rows if not row.child}
        children = _children(block, column)
        options: dict[str, float] = {}
        for parent in question.options:
            options.update(_option_shares(question.type, parent, people, children, GROUP_SIZES[group]))
        yield (question.id, group), AnswerShares(options)


def _option_shares(
    kind: QuestionType, parent: Option, people: Mapping[str, int], children: Mapping[tuple[str, str], int], size: int
) -> Iterator[tuple[str, float]]:
    """A parent's share and its children's: of the whole group in a single choice, of the parent in a multiple one."""
    label = _spaced(parent.label.in_language("en"))
    whole = people.get(label, 0)
    below = {child.id: children.get((label, _spaced(child.label.in_language("en"))), 0) for child in parent.children}
    if kind is QuestionType.SINGLE:
        yield parent.id, (whole - sum(below.values())) / size
        yield from ((child, count / size) for child, count in below.items())
    else:
        yield parent.id, whole / size
        yield from ((child, count / whole if whole else 0.0) for child, count in below.items())


def _children(block: PrintedBlock, column: int) -> dict[tuple[str, str], int]:
    """People in each child row, by (parent label, child label)."""
    counts: dict[tuple[str, str], int] = {}
    parent: PrintedCharacteristic | None = None
    for row in block.rows:
        if not row.child:
            parent = row
        elif parent is not None:
            counts[_spaced(parent.label), _spaced(row.label)] = row.people[column]
    return counts


def _spaced(label: str) -> str:
    """A label with plain spaces: print keeps numbers and their units together with others."""
    return " ".join(label.split())
