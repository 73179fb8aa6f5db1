"""The report in three sentences: what all groups put first, where they differ beyond chance, what cannot be told."""

from commonground.analysis.comparison import Comparison, Verdict
from commonground.analysis.count import Counts
from commonground.analysis.sensitivity import Sensitivity
from commonground.report.names import Names
from commonground.report.parts import Bullets, Section
from commonground.report.priorities import LIST_LENGTH, beyond_chance, shared
from commonground.report.scores import overall_order
from commonground.report.wording import capital, counted, listed, spelled

_TOLD_AT_MOST = 4


def summary_section(
    counts: Counts, comparison: Comparison | None, sensitivity: Sensitivity | None, names: Names
) -> Section:
    """Three sentences, each from the numbers alone."""
    sentences = (first(counts, names), differing(comparison, names), untold(comparison, sensitivity))
    return Section("summary", "In three sentences", (Bullets(sentences, numbered=True),))


def first(counts: Counts, names: Names) -> str:
    """What all groups put first."""
    order = overall_order(counts)
    if len(counts.groups) == 1:
        return f"First of {spelled(len(order))} items stand {names.named(order[:3])}."
    found = shared(counts)
    length = min(LIST_LENGTH, len(order) // 2)
    which = [item for item in order if item in found.more]
    groups = f"all {spelled(len(counts.groups))} groups" if len(counts.groups) > 2 else "both groups"
    if not which:
        return f"No item is among the first {spelled(length)} of {spelled(len(order))} in {groups}."
    among = f"among their first {spelled(length)} of {spelled(len(order))} items"
    return f"{capital(groups)} put {names.named(which)} {among}."


def differing(comparison: Comparison | None, names: Names) -> str:
    """Where groups differ beyond chance."""
    if comparison is None:
        return "The groups are not compared here, because there are not two groups with enough complete answers."
    if not _tested(comparison):
        flagged = sum(item.class_ not in (None, "similar") for item in comparison.items)
        return (
            f"By the {comparison.threshold:g} rule the groups differ on {flagged} of {len(comparison.items)} items; "
            "which of these differences are beyond chance is not computable from published counts."
        )
    told = beyond_chance(comparison, names)
    if not told:
        return (
            "No difference between the groups is beyond what chance alone could give, all comparisons taken together."
        )
    more = len(told) - _TOLD_AT_MOST
    shown = [*told[:_TOLD_AT_MOST], *([f"{spelled(more)} more"] if more > 0 else [])]
    numbers = f"{spelled(len(told))} of {spelled(len(comparison.items))} items"
    return f"Beyond chance the groups differ on {numbers}: {listed(shown)}."


def _tested(comparison: Comparison) -> bool:
    return any(pair.verdict is not None for item in comparison.items for pair in item.pairs)


def untold(comparison: Comparison | None, sensitivity: Sensitivity | None) -> str:
    """What cannot be told from these answers."""
    parts: list[str] = []
    if comparison is not None and _tested(comparison):
        verdicts = [pair.verdict for item in comparison.items for pair in item.pairs]
        unclear = verdicts.count(Verdict.CANNOT_TELL)
        parts.append(f"whether groups differ or are alike in {unclear} of {len(verdicts)} comparisons")
    if sensitivity is not None and sensitivity.changing:
        parts.append(
            f"the class of {counted(len(sensitivity.changing), 'item')} by the rule, which hangs on the added constant"
        )
    parts.append("whether an item low on the list is unimportant, or only less important than the others")
    return f"What cannot be told: {'; '.join(parts)}."
