"""What this kind of study cannot show, said with the study's own numbers, and only where it applies."""

from collections.abc import Mapping

from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Counts
from commonground.analysis.patterns import rank_changes
from commonground.analysis.sensitivity import Sensitivity
from commonground.report.names import Names
from commonground.report.parts import Bullets, Section
from commonground.report.wording import counted, listed, majority, people, plain, signed

RELATIVE = (
    "Best-worst scaling shows what matters more than what, inside this list. It does not show whether the list, "
    "or choosing from it, mattered to the people asked, and a low score does not mean unimportant."
)
SAMPLE = (
    "People came as they could be reached, not by chance from a list of everybody. How many saw the invitation is not "
    "known, so no response rate can be given, and the results describe those who answered."
)


def limits_section(
    counts: Counts,
    comparison: Comparison | None,
    sensitivity: Sensitivity | None,
    names: Names,
    *,
    make_up: Mapping[str, Mapping[str, int]],
    more: tuple[str, ...] = (),
) -> Section:
    """Limitations that follow from the numbers of this study.

    Parameters
    ----------
    make_up : mapping of question to mapping of answer to people
        Characteristics whose commonest answer a reader must know.
    more : tuple of str
        Limitations of this very study.
    """
    told = [RELATIVE, SAMPLE, *_one_sided(make_up), *_two_methods(counts)]
    if comparison is not None:
        told += [*_pinned(comparison, names), *_small_groups(comparison, names)]
    if sensitivity is not None and sensitivity.changing:
        told.append(_constant(sensitivity, names))
    return Section("limits", "Limitations", (Bullets((*told, *more)),))


def _one_sided(make_up: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Characteristics shared by more than half of the people."""
    told = [
        f"to ‘{question}’ {majority(answers, sum(answers.values()))}"
        for question, answers in make_up.items()
        if answers and 2 * max(answers.values()) > sum(answers.values())
    ]
    if not told:
        return []
    return [
        (
            f"The people who answered are alike in some respects: {listed(told)}. "
            "What others would choose may differ, and this study cannot say how."
        )
    ]


def _two_methods(counts: Counts) -> list[str]:
    changes = rank_changes(counts)
    if not changes:
        return []
    return [
        (
            f"Ranks hang on the method: by ratio instead of most minus least, {counted(len(changes), 'rank')} in the "
            f"count tables {'is' if len(changes) == 1 else 'are'} different."
        )
    ]


def _pinned(comparison: Comparison, names: Names) -> list[str]:
    """Items at an end of the 0–1 scale in several groups, which cannot differ there whatever the answers."""
    ends = [item for item in comparison.items if max(list(item.rescaled.values()).count(end) for end in (0.0, 1.0)) > 1]
    if not ends:
        return []
    told = [f"‘{names.item(item.item)}’{_raw(item.item, comparison, names)}" for item in ends]
    return [
        (
            "Rescaling to 0–1 within a group forces its first item to 1 and its last to 0, so two groups that share "
            f"such an item look the same on it. Here that is {listed(told)}."
        )
    ]


def _raw(item: str, comparison: Comparison, names: Names) -> str:
    """The unrescaled scores of an item, where they are known."""
    means = {one.group: one.mean for one in comparison.group_means or () if one.item == item}
    if not means or any(mean is None for mean in means.values()):
        return ""
    told = [f"{names.group(group)} {signed(means[group] or 0, 2)}" for group in names.groups if group in means]
    return f" (scores per person: {', '.join(told)})"


def _small_groups(comparison: Comparison, names: Names) -> list[str]:
    small = [one for one in comparison.groups if one.respondents is not None and one.respondents < 30]
    if not small:
        return []
    told = [f"{names.who(one.group)} ({people(one.respondents or 0)})" for one in small]
    return [f"Some groups are small: {listed(told)}. Their intervals are wide, and small differences stay unseen."]


def _constant(sensitivity: Sensitivity, names: Names) -> str:
    lowest = min(setting.added.constant for setting in sensitivity.settings)
    highest = max(setting.added.constant for setting in sensitivity.settings)
    return (
        "Ratios need a constant where a count is zero, and the constant moves the results: between "
        f"{plain(lowest)} and {plain(highest)} this changes the class of {names.named(sensitivity.changing)}."
    )
