"""What every sign is: from where on it counts, who says so, and whom it hits although they answered in earnest."""

from collections.abc import Mapping

from commonground.records.study import ScreeningRules
from commonground.screening.records import Rule

SHORTEST_TEXT = 20
"""A shorter answer, such as a job title, is often the same as somebody else's."""

WRONGS: Mapping[Rule, str] = {
    Rule.TOTAL_TIME: "people who read fast, know the subject well, or answer on a phone in one go",
    Rule.FAST_PAGES: "people who read fast or know such questions, and people who came back to pages they had read",
    Rule.CORRECTED_ELIGIBILITY: "people who misread the question, slipped on a phone, or thought again",
    Rule.SAME_ADDRESS: "people of one clinic, university or household, and phones of one network, who share an address",
    Rule.HONEYPOT: "people whose password manager or reading aid fills in every field there is",
    Rule.PROOF_OF_WORK: "people without JavaScript, with an old device, or behind a strict firewall",
    Rule.SAME_TEXT: "people who copy the same official title or description, and colleagues who wrote together",
    Rule.ILLOGICAL: "people with an unusual life, and people who slipped on one of the answers",
    Rule.BURST: "a class or a team that answers in one meeting, and everybody who reads the same newsletter",
    Rule.RANDOM_FIT: "people to whom several items matter alike, who are tired, or who read in a second language",
    Rule.STRAIGHT_LINE: "people whose favourites happen to stand in one place, and those who come to one place first "
    "with keyboard or screen reader",
    Rule.IDENTICAL_ANSWERS: "people who answered together, such as a family or two colleagues, and people who agree",
    Rule.CIRCULAR_TRIADS: "people to whom several items matter alike, or whose view changed while they thought",
    Rule.REPEAT_CHANGES: "almost everybody: in the published study more than half changed at least one of two choices",
}
"""Whom such a sign hits although they answered in earnest."""

SOURCES: Mapping[Rule, str] = {
    Rule.TOTAL_TIME: "the published study took less than 10 minutes for the whole survey as a sign "
    "(doi 10.1186/s12961-025-01310-2)",
    Rule.FAST_PAGES: "the page time index of N. Bowling and others (2023): pages faster than 2 seconds an item, "
    "counted; the share from which on it is a sign is this study’s own",
    Rule.CORRECTED_ELIGIBILITY: "R. Pozzar and others (2020) found answers that do not agree in 87 % of the "
    "fraudulent ones",
    Rule.SAME_ADDRESS: "the published study looked at duplicate addresses; M. Ballard and others (2019) tell how often "
    "addresses mislead",
    Rule.HONEYPOT: "a hidden field that people do not see; G. Storozuk and others (2020) call it a weak sign",
    Rule.PROOF_OF_WORK: "a small sum that the browser works out; it makes many answers costly and proves nothing",
    Rule.SAME_TEXT: "R. Pozzar and others (2020) found duplicate open answers in half of fraudulent ones",
    Rule.ILLOGICAL: "the published study looked for illogical answers; the rules are this study’s own",
    Rule.BURST: "R. Pozzar and others (2020) met 271 complete answers in 7 hours; the limit is this study’s own",
    Rule.RANDOM_FIT: "random answerers simulated on this very design, as B. Orme advises for best-worst data",
    Rule.STRAIGHT_LINE: "the chance of such a run where positions are picked at random",
    Rule.IDENTICAL_ANSWERS: "two people who answer at random hardly ever agree in every task",
    Rule.CIRCULAR_TRIADS: "random answerers on the same tasks, after M. Kendall and B. Babington Smith (1940)",
    Rule.REPEAT_CHANGES: "comparison of both showings of the repeated task",
}

TIME_UNKNOWN = "not computable: how long genuine people take for this survey is not known"
PEOPLE_UNKNOWN = "not computable: no simulation knows how genuine people do this"


def thresholds(rules: ScreeningRules) -> dict[Rule, str]:
    """From where on each rule of a study raises a sign, in words; "off" where it never does."""
    return {**_apart(rules), **_choices(rules)}


def _apart(rules: ScreeningRules) -> dict[Rule, str]:
    seconds, sharing, burst = rules.fast_page_seconds, rules.same_address, rules.burst_people
    return {
        Rule.TOTAL_TIME: _unless_off(rules.minimum_minutes, "under {:g} minutes in all"),
        Rule.FAST_PAGES: _unless_off(
            seconds, f"at least {100 * rules.fast_page_share:g} % of pages faster than {{:g}} seconds an answer"
        ),
        Rule.CORRECTED_ELIGIBILITY: "an earlier answer had ruled the person out"
        if rules.corrected_eligibility
        else "off",
        Rule.SAME_ADDRESS: _unless_off(sharing, "at least {:g} complete answers from one network address"),
        Rule.HONEYPOT: "the hidden field was filled in",
        Rule.PROOF_OF_WORK: "the sum asked of the browser did not come",
        Rule.SAME_TEXT: f"a text of {SHORTEST_TEXT} letters or more, word for word another person’s"
        if rules.same_text
        else "off",
        Rule.ILLOGICAL: "one of the study’s rules for answers that do not fit together" if rules.illogical else "off",
        Rule.BURST: _unless_off(burst, f"at least {{:g}} people finished within {rules.burst_minutes:g} minutes"),
    }


def _choices(rules: ScreeningRules) -> dict[Rule, str]:
    return {
        Rule.RANDOM_FIT: f"a fit below {100 * rules.random_quantile:g} % of random answerers",
        Rule.STRAIGHT_LINE: f"a run in one position with a chance under {100 * rules.straight_line_chance:g} %",
        Rule.IDENTICAL_ANSWERS: "every answer the same as another person’s" if rules.identical_answers else "off",
        Rule.CIRCULAR_TRIADS: f"as many answers that go round in circles as {100 * rules.random_quantile:g} % of "
        "random answerers give"
        if rules.circular_triads
        else "off",
        Rule.REPEAT_CHANGES: "both choices changed, and only beside another sign"
        if rules.repeat_changes != "never"
        else "off",
    }


def _unless_off(limit: float | None, words: str) -> str:
    return "off" if limit is None else words.format(limit)
