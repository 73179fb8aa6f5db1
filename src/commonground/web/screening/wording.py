"""Signs, verdicts and reasons in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonground.records.rounding import percent
from commonground.screening.decisions import Reason, Verdict
from commonground.screening.records import Rule, Stage
from commonground.web.screening.signs import Sign

NAMES: Mapping[Rule, Promise] = {
    Rule.TOTAL_TIME: gettext_lazy("Short time"),
    Rule.FAST_PAGES: gettext_lazy("Fast pages"),
    Rule.CORRECTED_ELIGIBILITY: gettext_lazy("Eligibility corrected"),
    Rule.SAME_ADDRESS: gettext_lazy("Same network address"),
    Rule.HONEYPOT: gettext_lazy("Hidden field filled in"),
    Rule.PROOF_OF_WORK: gettext_lazy("No proof of work"),
    Rule.SAME_TEXT: gettext_lazy("Same text as somebody else"),
    Rule.ILLOGICAL: gettext_lazy("Answers that do not fit together"),
    Rule.BURST: gettext_lazy("Many finished together"),
    Rule.RANDOM_FIT: gettext_lazy("No better than random"),
    Rule.STRAIGHT_LINE: gettext_lazy("One position again and again"),
    Rule.IDENTICAL_ANSWERS: gettext_lazy("Same choices as somebody else"),
    Rule.CIRCULAR_TRIADS: gettext_lazy("Choices in circles"),
    Rule.REPEAT_CHANGES: gettext_lazy("Repeated task changed"),
}

WRONGS: Mapping[Rule, Promise] = {
    Rule.TOTAL_TIME: gettext_lazy("people who read fast, know the subject well, or answer on a phone in one go"),
    Rule.FAST_PAGES: gettext_lazy(
        "people who read fast or know such questions, and people who came back to pages they had read"
    ),
    Rule.CORRECTED_ELIGIBILITY: gettext_lazy("people who misread the question, slipped on a phone, or thought again"),
    Rule.SAME_ADDRESS: gettext_lazy(
        "people of one clinic, university or household, and phones of one network, who share an address"
    ),
    Rule.HONEYPOT: gettext_lazy("people whose password manager or reading aid fills in every field there is"),
    Rule.PROOF_OF_WORK: gettext_lazy("people without JavaScript, with an old device, or behind a strict firewall"),
    Rule.SAME_TEXT: gettext_lazy(
        "people who copy the same official title or description, and colleagues who wrote together"
    ),
    Rule.ILLOGICAL: gettext_lazy("people with an unusual life, and people who slipped on one of the answers"),
    Rule.BURST: gettext_lazy(
        "a class or a team that answers in one meeting, and everybody who reads the same newsletter"
    ),
    Rule.RANDOM_FIT: gettext_lazy(
        "people to whom several items matter alike, who are tired, or who read in a second language"
    ),
    Rule.STRAIGHT_LINE: gettext_lazy(
        "people whose favourites happen to stand in one place, and those who come to one place first with keyboard or "
        "screen reader"
    ),
    Rule.IDENTICAL_ANSWERS: gettext_lazy(
        "people who answered together, such as a family or two colleagues, and people who agree"
    ),
    Rule.CIRCULAR_TRIADS: gettext_lazy(
        "people to whom several items matter alike, or whose view changed while they thought"
    ),
    Rule.REPEAT_CHANGES: gettext_lazy(
        "almost everybody: in the published study more than half changed at least one of two choices"
    ),
}

REASONS: Mapping[Reason, Promise] = {
    Reason.EXPLAINED: gettext_lazy("The sign has an innocent explanation"),
    Reason.WEAK: gettext_lazy("The sign is too weak"),
    Reason.AUTOMATED: gettext_lazy("Answered by a program"),
    Reason.DUPLICATE: gettext_lazy("The same person again"),
    Reason.NOT_ELIGIBLE: gettext_lazy("Does not belong to the study"),
    Reason.CARELESS: gettext_lazy("Not answered in earnest"),
    Reason.TEST: gettext_lazy("A test by the team"),
    Reason.OTHER: gettext_lazy("Another reason"),
}

VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.KEEP: gettext_lazy("Keep"),
    Verdict.EXCLUDE: gettext_lazy("Exclude"),
    Verdict.UNSURE: gettext_lazy("Unsure"),
}

LEAVE_OUT = gettext_lazy("Leave out in the sensitivity analysis")


def verdict_words(verdict: str, stage: int) -> str:
    """A verdict, as it reads at a stage: signs from the choices exclude nobody."""
    leaves_out = verdict == Verdict.EXCLUDE and stage == Stage.CHOICES
    return str(LEAVE_OUT if leaves_out else VERDICTS[Verdict(verdict)])


def reason_words(reason: str) -> str:
    """A reason code in words."""
    return str(REASONS[Reason(reason)]) if reason in set(Reason) else reason


@dataclass(frozen=True, slots=True)
class ShownSign:
    """A sign in words: what it is, what was seen, from where on, who says so, whom it wrongs."""

    name: str
    evidence: str
    threshold: str
    source: str
    wrongs: str
    genuine: str


def shown(sign: Sign) -> ShownSign:
    """A sign as a page shows it."""
    return ShownSign(
        str(NAMES[sign.rule]), sign.evidence, sign.threshold, sign.source, str(WRONGS[sign.rule]), _genuine(sign)
    )


def _genuine(sign: Sign) -> str:
    """How many genuine people such a limit would hit; empty where nobody can know."""
    if sign.false_flag_share is None:
        return ""
    share = f"{percent(sign.false_flag_share, 1)}\u00a0%"
    return _("Of genuine people who differ as these do, such a limit would hit %(share)s.") % {"share": share}
