"""Signs that owe nothing to what a person chose in the tasks: times, addresses, texts, answers that do not fit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from commonground.records.choices import FloatArray, IntArray
from commonground.records.rounding import half_up
from commonground.records.study import ScreeningRules
from commonground.screening.cases import Case
from commonground.screening.catalogue import SHORTEST_TEXT
from commonground.screening.records import Rule
from commonground.survey.conditions import holds

HONEYPOT, NO_PROOF = "honeypot", "no_proof_of_work"
"""What a site notices at the door."""

NAMED = 5
"""At most so many other people are named beside a sign that several share."""

Signs = Mapping[Rule, str]
"""Rules that found something, with the evidence in a sentence."""


def signs_apart(rules: ScreeningRules, cases: Sequence[Case]) -> dict[str, dict[Rule, str]]:
    """Everybody's signs with their evidence.

    Examples
    --------
    >>> cases = [Case("r1", minutes=4.24), Case("r2", minutes=15)]
    >>> signs_apart(ScreeningRules(), cases)["r1"]
    {<Rule.TOTAL_TIME: 'total_time'>: '4.2 minutes for the whole survey.'}
    """
    shared = (_same_address(rules, cases), _same_text(rules, cases), _burst(rules, cases))
    found: dict[str, dict[Rule, str]] = {}
    for case in cases:
        alone = {
            Rule.TOTAL_TIME: _too_fast(rules, case),
            Rule.FAST_PAGES: _fast_pages(rules, case),
            Rule.CORRECTED_ELIGIBILITY: _corrected(rules, case),
            **_at_the_door(case),
            Rule.ILLOGICAL: _illogical(rules, case),
        }
        together = {
            rule: words[case.respondent] for one in shared for rule, words in one.items() if case.respondent in words
        }
        found[case.respondent] = {rule: words for rule, words in {**alone, **together}.items() if words}
    return found


def checked_apart(rules: ScreeningRules, cases: Sequence[Case]) -> frozenset[Rule]:
    """The rules that are on and for which the data hold what they need."""
    possible = {
        Rule.TOTAL_TIME: rules.minimum_minutes is not None and any(case.minutes is not None for case in cases),
        Rule.FAST_PAGES: rules.fast_page_seconds is not None and any(case.pages for case in cases),
        Rule.CORRECTED_ELIGIBILITY: rules.corrected_eligibility and _known(case.earlier_reason for case in cases),
        Rule.SAME_ADDRESS: rules.same_address is not None and any(case.address for case in cases),
        Rule.HONEYPOT: _known(case.door for case in cases),
        Rule.PROOF_OF_WORK: _known(case.door for case in cases),
        Rule.SAME_TEXT: rules.same_text and any(case.texts for case in cases),
        Rule.ILLOGICAL: bool(rules.illogical) and any(case.answers for case in cases),
        Rule.BURST: rules.burst_people is not None and _known(case.finished for case in cases),
    }
    return frozenset(rule for rule, there in possible.items() if there)


def _known(values: Iterable[object]) -> bool:
    return any(value is not None for value in values)


def _too_fast(rules: ScreeningRules, case: Case) -> str | None:
    if case.minutes is None or rules.minimum_minutes is None or case.minutes >= rules.minimum_minutes:
        return None
    return f"{half_up(case.minutes, 1)} minutes for the whole survey."


def _fast_pages(rules: ScreeningRules, case: Case) -> str | None:
    """The page time index: pages faster than so many seconds an answer."""
    timed = [page for page in case.pages if page.answers]
    if rules.fast_page_seconds is None or not timed:
        return None
    fast = sum(page.seconds < rules.fast_page_seconds * page.answers for page in timed)
    if fast < rules.fast_page_share * len(timed):
        return None
    return f"{fast} of {len(timed)} pages took less than {rules.fast_page_seconds:g} seconds an answer."


def _corrected(rules: ScreeningRules, case: Case) -> str | None:
    if not rules.corrected_eligibility or not case.earlier_reason:
        return None
    reason = case.earlier_reason.replace("_", " ").replace("-", " ")
    return f"Could not take part at first ({reason}); then an answer was changed."


def _at_the_door(case: Case) -> dict[Rule, str | None]:
    noticed = case.door or frozenset()
    return {
        Rule.HONEYPOT: "A field that people do not see was filled in." if HONEYPOT in noticed else None,
        Rule.PROOF_OF_WORK: "The browser did not work out the sum it was given." if NO_PROOF in noticed else None,
    }


def _illogical(rules: ScreeningRules, case: Case) -> str | None:
    broken = [rule.says.strip() for rule in rules.illogical if holds(rule.when, case.answers)]
    return " ".join(broken) or None


def _same_address(rules: ScreeningRules, cases: Sequence[Case]) -> dict[Rule, dict[str, str]]:
    if rules.same_address is None:
        return {}
    people: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        if case.address:
            people[case.address].append(case.respondent)
    crowds = [crowd for crowd in people.values() if len(crowd) >= rules.same_address]
    return {
        Rule.SAME_ADDRESS: {
            one: f"The same network address as {_others(one, crowd)}." for crowd in crowds for one in crowd
        }
    }


def _same_text(rules: ScreeningRules, cases: Sequence[Case]) -> dict[Rule, dict[str, str]]:
    if not rules.same_text:
        return {}
    writers: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        for text in dict.fromkeys(_plain(text) for text in case.texts):
            if len(text) >= SHORTEST_TEXT:
                writers[text].append(case.respondent)
    words: dict[str, str] = {}
    for text, crowd in writers.items():
        for one in crowd if len(crowd) > 1 else ():
            words.setdefault(one, f"Wrote word for word the same as {_others(one, crowd)}: “{_begun(text)}”.")
    return {Rule.SAME_TEXT: words}


def _plain(text: str) -> str:
    """The words alone: neither case, nor spaces, nor marks at the ends tell two texts apart."""
    return " ".join(text.casefold().split()).strip(" .!?…")


def _begun(text: str, letters: int = 60) -> str:
    return text if len(text) <= letters else f"{text[:letters].rstrip()} …"


def _burst(rules: ScreeningRules, cases: Sequence[Case]) -> dict[Rule, dict[str, str]]:
    """Everybody in a window in which enough people finished; the fullest window each is in is told."""
    if rules.burst_people is None:
        return {}
    ends = sorted((case.finished, case.respondent) for case in cases if case.finished is not None)
    fullest = _fullest_windows(np.array([moment for moment, _ in ends], dtype=np.float64), 60 * rules.burst_minutes)
    told = "One of {} people who finished within {:g} minutes."
    people = zip(ends, fullest.tolist(), strict=True)
    words = {one: told.format(size, rules.burst_minutes) for (_, one), size in people if size >= rules.burst_people}
    return {Rule.BURST: words}


def _fullest_windows(moments: FloatArray, length: float) -> IntArray:
    """For each of the sorted moments how many lie in the fullest window of this length that holds it."""
    places = np.arange(moments.size)
    sizes = np.searchsorted(moments, moments + length, side="right") - places  # of the window that begins here
    earliest = np.searchsorted(moments, moments - length, side="left")
    return np.array([sizes[start : place + 1].max() for place, start in enumerate(earliest)], dtype=np.int64)


def _others(one: str, crowd: Sequence[str]) -> str:
    rest = [other for other in crowd if other != one]
    more = f" and {len(rest) - NAMED} more" if len(rest) > NAMED else ""
    return ", ".join(rest[:NAMED]) + more
