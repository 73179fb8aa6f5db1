"""How the study was done, in words with its own numbers."""

from commonground.analysis.count import Counts
from commonground.design.audit import DesignAudit
from commonground.records.design import Design
from commonground.records.sheet import Column
from commonground.records.study import AnalysisPlan, RepeatRule, Study
from commonground.report.names import Names
from commonground.report.parts import Bullets, Paragraph, Row, Section, Table
from commonground.report.wording import counted, listed, spelled

OTHER_TASKS = (
    "The tasks people answered are not those of the design in the study document, so nothing is said here of how "
    "evenly items stood together, of order or of repeats."
)


def methods_section(
    study: Study,
    design: Design,
    achieved: DesignAudit,
    counts: Counts,
    names: Names,
    *,
    language: str,
    answered: str,
    seed: int,
    as_planned: bool = True,
) -> Section:
    """Question, items, design, order, who is analysed, and the plan of analysis.

    Parameters
    ----------
    answered : str
        How many complete answers there are and how many are left out, in a sentence.
    seed : int
        What chance was drawn with.
    as_planned : bool
        Whether people saw the tasks of the design; if not, nothing is said of it.
    """
    fielded = f"{' '.join(achieved.words)} {_order(study)} {_repeat(study.design.repeat)}".strip()
    return Section(
        "methods",
        "How the study was done",
        (
            Paragraph(
                f"In every task people read ‘{study.frame.question.in_language(language)}’ and chose, of "
                f"{design.per_task} items, one as ‘{study.frame.most.in_language(language)}’ and another as "
                f"‘{study.frame.least.in_language(language)}’ (best-worst scaling, object case)."
            ),
            Paragraph(fielded if as_planned else OTHER_TASKS),
            Paragraph(f"{answered} Only complete answers are analysed: one missing task makes an answer incomplete."),
            Bullets(plan_words(study.analysis, names, appearances=_appearances(counts), seed=seed)),
            item_table(study, names, language),
        ),
    )


def _order(study: Study) -> str:
    shuffled = [
        words
        for words, on in (
            ("the order of the tasks", study.design.shuffle_tasks),
            ("the positions of the items, the same for all tasks of a person", study.design.shuffle_positions),
        )
        if on
    ]
    return (
        f"For each person chance decided {listed(shuffled)}." if shuffled else "Everybody saw the tasks in one order."
    )


def _repeat(rule: RepeatRule) -> str:
    if not rule.count:
        return "No task was repeated."
    return (
        f"One task came a second time, at least {counted(rule.distance, 'task')} after the first, with the same items "
        "in the same order; the second showing is compared with the first and never scored."
    )


def _appearances(counts: Counts) -> int | None:
    """How often each person saw each item, where that is one number."""
    seen = {
        (item.shown or 0) / group.respondents for group in counts.groups for item in group.items if group.respondents
    }
    only = next(iter(seen)) if len(seen) == 1 else None
    return int(only) if only is not None and float(only).is_integer() else None


def _outcomes(plan: AnalysisPlan) -> tuple[str, ...]:
    """The outcomes the plan names; nothing where it names none."""
    primary = (f"Primary outcome: {plan.primary.rstrip('.')}.",) if plan.primary else ()
    return (*primary, *(f"Secondary outcome: {one.rstrip('.')}." for one in plan.secondary))


def plan_words(plan: AnalysisPlan, names: Names, *, appearances: int | None, seed: int) -> tuple[str, ...]:
    """The plan of analysis, written down before the answers were seen."""
    to = "every group" if plan.added.to == "all" else f"{names.who(plan.added.to)} alone"
    reason = f" ({plan.added.reason.rstrip('.')})" if plan.added.reason else ""
    reach = "" if appearances is None else f", from −{appearances} to +{appearances}"
    level = f"{100 * plan.level:g} %"
    constant = (
        f"before ratios are taken {plan.added.constant:g} is added to every M and every L of {to}{reason}"
        if plan.added.constant
        else "nothing is added before ratios are taken"
    )
    return (
        *_outcomes(plan),
        (
            "Counts: how often each item was chosen as most (M) and as least (L) important; the difference M − L; "
            f"√(M/L), its natural logarithm, and that logarithm rescaled within a group from 0 to 1; {constant}."
        ),
        f"Rule: rescaled scores {plan.threshold:g} or more apart set groups apart. The rule knows nothing of chance.",
        (
            f"Scores per person: times most minus times least{reach}. They are not rescaled, so groups can be "
            "compared on every item."
        ),
        (
            f"Uncertainty: {level} intervals from {plan.resamples} resamples of the respondents of each group; "
            f"p-values from {plan.permutations} random exchanges of group labels, adjusted for all comparisons "
            f"together."
        ),
        (
            f"Verdicts: ‘differs’ where the adjusted p is at most {1 - plan.level:.2g}; ‘alike’ where it is not and "
            f"the whole interval lies within ±{plan.equivalence_margin:g} per person; otherwise ‘cannot tell’."
        ),
        f"Chance was drawn with the seed {seed}.",
    )


def item_table(study: Study, names: Names, language: str) -> Table:
    """The items as people read them."""
    rows = tuple(
        Row(
            {
                "short": names.item(item.id),
                "label": item.label.in_language(language),
                "definition": item.definition.in_language(language) if item.definition else None,
            }
        )
        for item in study.items
    )
    columns = (
        Column("short", "Here called"),
        Column("label", "As people read it"),
        *((Column("definition", "Explained as"),) if any(item.definition for item in study.items) else ()),
    )
    return Table("items", f"The {spelled(len(rows))} items", columns, rows)
