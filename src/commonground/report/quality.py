"""How good the answers are: what people said of them, the repeated task, fit, time, and automatic signs."""

from collections.abc import Sequence
from math import ceil, floor
from statistics import median

from commonground.analysis.descriptives import characteristics
from commonground.analysis.quality.records import FitTotals, Quality, RepeatTotals
from commonground.records.respondents import RespondentTable
from commonground.records.sheet import Column, Record
from commonground.records.study import Study
from commonground.report.characteristics import characteristics_table
from commonground.report.figures import histogram, outcomes
from commonground.report.names import Names
from commonground.report.parts import Block, Figure, Note, Paragraph, Row, Section, Table
from commonground.report.people import question_blocks
from commonground.report.wording import counted, grouped, people, plain, share
from commonground.screening.records import Rule, RuleSummary, Screening, Stage

_OUTCOMES = {"both_same": "Both choices the same", "one_changed": "One changed", "both_changed": "Both changed"}
_STAGES = {
    Stage.APART: "Signs that owe nothing to the choices in the tasks",
    Stage.CHOICES: "Signs from the choices, for a sensitivity analysis only",
}
_KINDS = {"people": "These people", "genuine": "Genuine people, simulated", "chance": "Chance alone"}
_RULES = {
    Rule.TOTAL_TIME: "Short time",
    Rule.FAST_PAGES: "Fast pages",
    Rule.CORRECTED_ELIGIBILITY: "Eligibility corrected",
    Rule.SAME_ADDRESS: "Same network address",
    Rule.HONEYPOT: "Hidden field filled in",
    Rule.PROOF_OF_WORK: "No proof of work",
    Rule.SAME_TEXT: "Same text as somebody else",
    Rule.ILLOGICAL: "Answers that do not fit together",
    Rule.BURST: "Many finished together",
    Rule.RANDOM_FIT: "No better than random",
    Rule.STRAIGHT_LINE: "One position again and again",
    Rule.IDENTICAL_ANSWERS: "Same choices as somebody else",
    Rule.CIRCULAR_TRIADS: "Choices in circles",
    Rule.REPEAT_CHANGES: "Repeated task changed",
}


def quality_section(
    study: Study, quality: Quality, screening: Screening, people_analysed: RespondentTable | None, names: Names
) -> Section:
    """Everything about the quality of the answers analysed."""
    totals = quality.totals
    blocks: list[Block] = []
    if people_analysed is not None:
        blocks += _questions(study, people_analysed, names)
    if totals.repeats is not None and totals.repeats.counts.compared:
        blocks.append(repeat_figure(totals.repeats))
    else:
        blocks.append(Paragraph("No task was repeated, so nothing can be said of how steady answers are."))
    if totals.fit is not None:
        blocks.append(fit_figure(quality, totals.fit))
    blocks += _times(study, people_analysed)
    blocks += [signs_table(screening), _signs_note(screening)]
    return Section("quality", "Quality of the data", tuple(blocks))


def _questions(study: Study, analysed: RespondentTable, names: Names) -> list[Block]:
    """The study's own questions about how people answered."""
    language = study.languages[0]
    found = characteristics(analysed, study.quality_questions, groups=list(names.groups), language=language)
    blocks = question_blocks(found)
    if not blocks:
        return []
    caption = "What people said of their own answers"
    return [characteristics_table(blocks, names, name="said-of-answers", caption=caption, smallest_cell=1, notes=())]


def repeat_figure(found: RepeatTotals) -> Figure:
    """The repeated task beside chance and beside genuine people who differ as these do."""
    counts, compared = found.counts, found.counts.compared
    numbers = {"both_same": counts.both_same, "one_changed": counts.one_changed, "both_changed": counts.both_changed}
    rows: list[Record] = []
    for outcome, number in numbers.items():
        rows.append({"outcome": outcome, "group": "people", "percent": 100 * number / compared, "people": number})
        for kind, shares in (("genuine", found.genuine), ("chance", found.chance)):
            if shares is not None:
                value = 100 * float(getattr(shares, outcome))
                rows.append({"outcome": outcome, "group": kind, "percent": value, "people": None})
    kinds = {kind: label for kind, label in _KINDS.items() if any(row["group"] == kind for row in rows)}
    wide, narrow = outcomes(kinds, _OUTCOMES, axis="Per cent")
    same, chance = share(counts.both_same, compared), share(found.chance.both_same, 1, 0)
    return Figure(
        id="repeated-task",
        title=f"{same} answered the repeated task with the same two choices; chance alone gives {chance}",
        subtitle=f"A task shown twice, {counted(compared, 'comparison')}. Changing an answer is common and no sign of "
        "carelessness by itself.",
        alt=_repeat_alt(rows, kinds),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(
            Column("outcome", "Second showing"),
            Column("group", "Who"),
            Column("percent", "Per cent", digits=1),
            Column("people", "People"),
        ),
        notes=(
            (
                f"The choice of most changed in {counts.best_changed}, the choice of least in {counts.worst_changed}; "
                f"most and least were exchanged in {counts.swapped}."
            ),
        ),
    )


def _repeat_alt(rows: Sequence[Record], kinds: dict[str, str]) -> str:
    told = [
        f"{label}: "
        + ", ".join(
            f"{_OUTCOMES[str(row['outcome'])].lower()} {plain(float(row['percent'] or 0), 0)} %"
            for row in rows
            if row["group"] == kind
        )
        for kind, label in kinds.items()
    ]
    return f"Dots on a scale from 0 to 100 per cent. {'; '.join(told)}."


def fit_figure(quality: Quality, fit: FitTotals) -> Figure:
    """How well each person's answers fit together, with the limit below which random answerers mostly lie."""
    values = [one.rlh for one in quality.respondents if one.rlh is not None]
    hit = quality.totals.false_flags.get("random_fit")
    rows = binned(values, 0.02)
    limit = f"limit {plain(fit.cut_off)}"
    wide, narrow = histogram(axis="Fit of a person’s answers (RLH)", mark=fit.cut_off, mark_label=limit)
    genuine = "not known" if hit is None else share(hit, 1)
    return Figure(
        id="fit",
        title=_fit_title(fit.below, len(values)),
        subtitle=f"Root likelihood of each person’s own logit; {people(len(values))}. Of genuine people who differ as "
        f"these do, {genuine} would fall below the limit too.",
        alt=f"A histogram of the fit of {people(len(values))} with median {plain(fit.median)}. A dashed line marks the "
        f"limit of {plain(fit.cut_off)}; {people(fit.below)} are below it.",
        spec=wide,
        narrow=narrow,
        rows=rows,
        columns=(Column("start", "From", digits=2), Column("end", "to", digits=2), Column("people", "People")),
        notes=(
            (
                f"The limit is the {100 * fit.quantile:g} % quantile of {fit.simulations} people who answer this "
                f"design at random; their median is {plain(fit.random_median)}, and somebody to whom all items are "
                f"equal has {plain(fit.equal_utilities)}. Genuine people are the more often below it the less they "
                f"differ between items: {_by_spread(fit)}."
            ),
        ),
    )


def _fit_title(below: int, of: int) -> str:
    if not below:
        return "Everybody’s answers fit together better than most random answers do"
    return f"Of {people(of)}, {counted_people(below)} answered no more consistently than most random answerers"


def counted_people(number: int) -> str:
    """How many people, as one says it."""
    return grouped(number) if number else "nobody"


def _by_spread(fit: FitTotals) -> str:
    told = [f"{share(one.below, 1)} where a person’s utilities have an SD of {one.sd:g}" for one in fit.genuine]
    return ", ".join(told) or "not known"


def binned(values: Sequence[float], step: float) -> tuple[Record, ...]:
    """Values counted in steps of equal width, empty ones included.

    Examples
    --------
    >>> [row["people"] for row in binned([0.11, 0.12, 0.31], 0.1)]
    [2, 0, 1]
    """
    places = [floor(value / step + 1e-9) for value in values]
    return tuple(
        {"start": round(place * step, 9), "end": round((place + 1) * step, 9), "people": places.count(place)}
        for place in range(min(places), max(places) + 1)
    )


def _times(study: Study, analysed: RespondentTable | None) -> list[Block]:
    """Total times as a figure, where they are known."""
    known = () if analysed is None else analysed.values("seconds")
    minutes = [float(seconds) / 60 for seconds in known if seconds]
    if not minutes:
        return [Paragraph("Total times are not known, so nothing is said of how long people took.")]
    limit = study.screening.minimum_minutes
    under = 0 if limit is None else sum(one < limit for one in minutes)
    step = max(1.0, float(ceil((max(minutes) - min(minutes)) / 30)))
    label = "" if limit is None else f"limit {limit:g} min"
    wide, narrow = histogram(axis="Minutes for the whole survey", mark=limit, mark_label=label)
    rule = "" if limit is None else f"; {counted_people(under)} took less than {limit:g}"
    return [
        Figure(
            id="time",
            title=f"Half of the people took {plain(median(minutes), 0)} minutes or less{rule}",
            subtitle=f"Time on all pages together; {people(len(minutes))}.",
            alt=f"A histogram of minutes from {plain(min(minutes), 0)} to {plain(max(minutes), 0)} with median "
            f"{plain(median(minutes), 0)}{rule}.",
            spec=wide,
            narrow=narrow,
            rows=binned(minutes, step),
            columns=(Column("start", "From"), Column("end", "to"), Column("people", "People")),
        )
    ]


def signs_table(screening: Screening) -> Table:
    """Every automatic sign with its limit, how many it found, and whom it hits wrongly."""
    columns = (
        Column("rule", "Sign"),
        Column("threshold", "When"),
        Column("flagged", "People with it"),
        Column("genuine", "Genuine people it would hit"),
        Column("wrongs", "Whom it wrongs"),
    )
    rows: list[Row] = []
    for stage, words in _STAGES.items():
        rows.append(Row({"rule": words}, heading=True))
        rows.extend(Row(_sign_row(one), indent=1) for one in screening.rules if one.stage is stage)
    return Table("signs", "Automatic signs among the answers analysed", columns, tuple(rows), screening.messages)


def _sign_row(one: RuleSummary) -> Record:
    return {
        "rule": _RULES[one.rule],
        "threshold": one.threshold,
        "flagged": one.flagged if one.checked else "not checked",
        "genuine": one.told_of_genuine,
        "wrongs": one.wrongs,
    }


def _signs_note(screening: Screening) -> Note:
    return Note(
        "Signs, not decisions.",
        f"Of {people(screening.respondents)}, {counted_people(screening.flagged)} carry a sign; two signs or more: "
        f"{counted_people(screening.several)}. No sign leaves anybody out. Whether an answer is genuine is for "
        "people to decide.",
    )
