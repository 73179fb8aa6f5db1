"""The analysis plan in words: what will be done with the answers, as the document says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.records.study import AnalysisPlan, ScreeningRules
from commonground.records.study import Study as StudyRecord
from commonground.web.look.templatetags.look import said


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A part of the plan: its title and its sentences."""

    title: str
    sentences: tuple[str, ...]


def plan_sections(record: StudyRecord) -> tuple[PlanSection, ...]:
    """The whole plan, part by part."""
    return (
        PlanSection(_("Outcomes"), tuple(_outcomes(record.analysis))),
        PlanSection(_("Who is analysed"), tuple(_people(record))),
        PlanSection(_("Scores and their constant"), tuple(_scores(record))),
        PlanSection(_("Comparing groups"), tuple(_comparison(record.analysis))),
        PlanSection(_("Signs that owe nothing to the choices"), tuple(_screening(record.screening))),
        PlanSection(_("Signs from the choices, for sensitivity only"), tuple(_screening_of_choices(record.screening))),
        PlanSection(_("Seeds"), tuple(_seeds(record))),
    )


def _outcomes(plan: AnalysisPlan) -> Iterator[str]:
    if plan.primary:
        yield _("Primary: %(outcome)s") % {"outcome": plan.primary}
    else:
        yield _("No primary outcome is named.")
    for outcome in plan.secondary:
        yield _("Secondary: %(outcome)s") % {"outcome": outcome}


def _people(record: StudyRecord) -> Iterator[str]:
    yield _("Complete answers: one missing task makes an answer incomplete.")
    yield _(
        "Beside it: the same analysis with unfinished answers, and with and without people excluded after screening."
    )
    planned = [(said(group.label), group.planned) for group in record.groups if group.planned]
    if planned:
        listed = ", ".join(f"{name} {number}" for name, number in planned)
        yield _("Planned: %(groups)s.") % {"groups": listed}


def _scores(record: StudyRecord) -> Iterator[str]:
    plan = record.analysis
    yield _(
        "Per person: times most important minus times least important. Per group: √(best/worst), rescaled from 0 to 1."
    )
    if not plan.added.constant:
        yield _("Nothing is added to the counts before ratios are taken.")
    else:
        yield _constant(record)
    others = ", ".join(_number(one) for one in plan.sensitivity_constants)
    if others:
        yield _("Shown beside it with the constants %(constants)s.") % {"constants": others}


def _constant(record: StudyRecord) -> str:
    added = record.analysis.added
    to = _("all groups") if added.to == "all" else said(record.group(added.to).label)
    words = _("%(constant)s is added to every count of: %(to)s.") % {"constant": _number(added.constant), "to": to}
    return f"{words} {_('Reason: %(reason)s') % {'reason': added.reason}}" if added.reason else words


def _comparison(plan: AnalysisPlan) -> Iterator[str]:
    yield _("The rule: rescaled scores at least %(threshold)s apart set groups apart.") % {
        "threshold": _number(plan.threshold)
    }
    yield _(
        "Against chance: %(level)s %% intervals from %(resamples)s resamples of people; tests from %(permutations)s "
        "exchanges of group labels, adjusted for all items and pairs of groups together."
    ) % {
        "level": _number(100 * plan.level),
        "resamples": number_format(plan.resamples, force_grouping=True),
        "permutations": number_format(plan.permutations, force_grouping=True),
    }
    yield _("Groups are called alike where the whole interval lies within ±%(margin)s per person.") % {
        "margin": _number(plan.equivalence_margin)
    }


def _screening(rules: ScreeningRules) -> Iterator[str]:
    if rules.minimum_minutes is not None:
        yield _("The whole survey in under %(minutes)s minutes.") % {"minutes": _number(rules.minimum_minutes)}
    if rules.fast_page_seconds is not None:
        yield _("At least %(share)s %% of pages faster than %(seconds)s seconds for each answer on them.") % {
            "share": _number(100 * rules.fast_page_share),
            "seconds": _number(rules.fast_page_seconds),
        }
    yield from _screening_of_people(rules)
    people = ngettext(
        "%(number)d person decides about each case; a sign is never a decision.",
        "%(number)d people decide about each case, blind to each other; a sign is never a decision.",
        rules.reviewers,
    )
    yield people % {"number": rules.reviewers}


def _screening_of_people(rules: ScreeningRules) -> Iterator[str]:
    if rules.same_address is not None:
        yield _("%(number)d complete answers or more from one network address.") % {"number": rules.same_address}
    if rules.same_text:
        yield _("A longer text that is word for word another person’s.")
    if rules.corrected_eligibility:
        yield _("An answer changed after it had kept the person out.")
    if rules.burst_people is not None:
        yield _("%(people)d people or more who finish within %(minutes)s minutes.") % {
            "people": rules.burst_people,
            "minutes": _number(rules.burst_minutes),
        }
    for rule in rules.illogical:
        yield _("Answers that do not fit together: %(rule)s") % {"rule": rule.says}


def _screening_of_choices(rules: ScreeningRules) -> Iterator[str]:
    yield _("A fit below the %(percent)s %% quantile of random answers.") % {
        "percent": _number(100 * rules.random_quantile)
    }
    yield _("A run in one position less likely than %(chance)s by chance.") % {
        "chance": _number(rules.straight_line_chance)
    }
    if rules.repeat_changes == "both":
        yield _("Both answers changed in the repeated task.")
    if rules.identical_answers:
        yield _("Answers identical to another person’s.")
    if rules.circular_triads:
        yield _("Answers that go round in a circle as often as random ones.")


def _seeds(record: StudyRecord) -> Iterator[str]:
    yield _("Everything drawn in the analysis starts from the seed %(seed)s.") % {"seed": record.analysis.seed}
    if record.design.own is None:
        yield _("The design is built with the seed %(seed)s.") % {"seed": record.design.seed}


def _number(value: float) -> str:
    """As short as it can be said, in the language of the page."""
    return number_format(f"{value:.10g}")


def as_text(record: StudyRecord, title: str, facts: dict[str, str]) -> str:
    """The plan as a plain text, to be filed or registered."""
    lines = [f"# {title}", "", *(f"{name}: {value}" for name, value in facts.items())]
    for section in plan_sections(record):
        lines += ["", f"## {section.title}", "", *(f"- {sentence}" for sentence in section.sentences)]
    return "\n".join([*lines, ""])
