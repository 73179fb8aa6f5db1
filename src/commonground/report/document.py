"""The report of a study: every section told from its findings. Pure: no clock, no files."""

from commonground.design.audit import audit
from commonground.design.planned import planned_design
from commonground.records.choices import ChoiceData
from commonground.records.design import Design
from commonground.records.deviations import PlanLog
from commonground.records.provenance import Provenance
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study
from commonground.report.answered import MAIN
from commonground.report.characteristics import SMALLEST_CELL, make_up
from commonground.report.contrast import (
    class_table,
    differences_figure,
    false_flag_words,
    pairs_table,
    panels_figure,
)
from commonground.report.deviations import deviations_section
from commonground.report.exclusions import exclusions_section
from commonground.report.findings import WHOLE, Findings, Progress, analyse
from commonground.report.languages import languages_section
from commonground.report.limits import limits_section
from commonground.report.methods import methods_section
from commonground.report.names import Names, names_of
from commonground.report.parts import Block, Bullets, Document, Note, Paragraph, Section
from commonground.report.people import (
    characteristic_blocks,
    complete_words,
    completion_blocks,
    described,
    flow_blocks,
    only,
    question_blocks,
)
from commonground.report.priorities import direction_blocks, family_blocks, shared_blocks, sized
from commonground.report.quality import quality_section
from commonground.report.remake import provenance_facts, remake_section
from commonground.report.robustness import sensitivity_table
from commonground.report.scores import (
    count_table,
    difference_figure,
    in_study_order,
    mean_figure,
    overall_order,
    rank_note,
)
from commonground.report.summary import summary_section

_COMMANDS = ("commonground report study.yaml choices.csv --respondents respondents.csv --out report",)


def build_document(
    study: Study,
    data: ChoiceData,
    respondents: RespondentTable | None,
    *,
    provenance: Provenance,
    locked_on: str,
    kind: str = "",
    smallest_cell: int = SMALLEST_CELL,
    as_planned: bool = True,
    commands: tuple[str, ...] = (),
    plan_log: PlanLog | None = None,
    progress: Progress | None = None,
) -> Document:
    """Make a study's report.

    Only complete answers are analysed. Where the respondents table is missing, the recruitment flow and the
    characteristics are left out, and the report says so. Free-text answers are never in the report.

    Parameters
    ----------
    study : Study
    data : ChoiceData
        Complete and unfinished answers; its items are those of the study.
    respondents : RespondentTable or None
        Everybody who opened the study, if known.
    provenance : Provenance
        Its seed is used for every draw; without one, the seed of the analysis plan.
    locked_on : str
        ISO date of the data lock.
    kind : str
        What sort of data this is, where a reader must know, such as "Simulated data".
    smallest_cell : int
        The smallest count shown among characteristics; 1 shows everything.
    as_planned : bool
        Whether people saw the tasks of the study's design; if not, the report says so and nothing more of it.
    commands : tuple of str
        The lines that make this report again.
    plan_log : PlanLog, optional
        When the plan was frozen, and how the study departed from it; left out where nothing is known of that.
    progress : callable, optional
        `progress(words, done, total)`.

    Raises
    ------
    RequestError
        If no group has enough complete answers; it says how many more are needed.
    """
    language = study.languages[0]
    names = names_of(study, language)
    tell = progress or _silent
    tell("Building the design", 0, WHOLE)
    design = _design(study)
    seed = study.analysis.seed if provenance.seed is None else provenance.seed
    found = analyse(study, data, respondents, tasks=design.tasks, seed=seed, tell=tell)
    tell("Writing the report", WHOLE, WHOLE)
    answered = complete_words(found.complete, found.begun, excluded=found.excluded)
    people = None if respondents is None else _analysed(found, respondents)
    sections = (
        summary_section(found.counts, found.comparison, found.sensitivity, names),
        _about(found, respondents, provenance, locked_on),
        methods_section(
            study,
            design,
            audit(design),
            found.counts,
            names,
            language=language,
            answered=answered,
            seed=seed,
            as_planned=as_planned,
        ),
        _people(study, found, respondents, names, smallest_cell),
        _scores(study, found, names),
        *_comparison(found, names),
        Section("priorities", "What is shared, and what is not", _priorities(study, found, names)),
        quality_section(study, found.quality, found.screening, people, names),
        *languages_section(study, found.languages, names, changed=found.changed_language, smallest_cell=smallest_cell),
        *((exclusions_section(found.sets, MAIN, names),) if found.sets else ()),
        *((deviations_section(plan_log),) if plan_log else ()),
        limits_section(
            found.counts, found.comparison, found.sensitivity, names, make_up=_make_up(study, people, smallest_cell)
        ),
        remake_section(provenance, locked_on, commands or _COMMANDS),
    )
    return Document(
        title=study.title.in_language(language),
        subtitle=study.description.in_language(language) if study.description else "",
        kind=kind,
        locked_on=locked_on,
        provenance=provenance,
        sections=sections,
    )


def _silent(_words: str, _done: int, _total: int) -> None:
    """Nobody listens."""


def _design(study: Study) -> Design:
    return planned_design(study.design, tuple(item.id for item in study.items), repeat=study.design.repeat.count > 0)


def _about(found: Findings, respondents: RespondentTable | None, provenance: Provenance, locked_on: str) -> Section:
    missing = [*found.ready.missing]
    if respondents is None:
        missing.append("No respondents table was given: recruitment, completion and characteristics are left out.")
    notes = (Note("Not complete.", " ".join(missing)),) if missing else ()
    return Section("about", "About this report", (*notes, provenance_facts(provenance, locked_on)))


def _people(study: Study, found: Findings, respondents: RespondentTable | None, names: Names, smallest: int) -> Section:
    if respondents is None:
        text = "Without a respondents table nothing can be said of recruitment, completion and characteristics."
        return Section("people", "Who took part", (Paragraph(text),))
    told = described(study, _analysed(found, respondents), study.languages[0])
    return Section(
        "people",
        "Who took part",
        (
            *flow_blocks(respondents, names, found.complete),
            *completion_blocks(respondents, names),
            *characteristic_blocks(told, question_blocks(told, smallest), names, smallest),
        ),
    )


def _analysed(found: Findings, respondents: RespondentTable) -> RespondentTable:
    """The people whose answers are analysed."""
    analysed = set(found.data.respondents)
    return only(respondents, [one in analysed for one in respondents.respondents])


def _make_up(study: Study, people: RespondentTable | None, smallest_cell: int) -> dict[str, dict[str, int]]:
    """Demographic single choices of the people analysed."""
    if people is None:
        return {}
    language = study.languages[0]
    blocks = question_blocks(described(study, people, language), smallest_cell)
    asked = [question.text.in_language(language) for question in study.demographics]
    return make_up(blocks, asked, smallest_cell=smallest_cell)


def _scores(study: Study, found: Findings, names: Names) -> Section:
    groups = in_study_order(found.counts, names)
    appearances = None if found.comparison is None else found.comparison.appearances
    never = [
        item.item
        for item in found.counts.groups[0].items
        if not any(group.item(item.item).best + group.item(item.item).worst for group in found.counts.groups)
    ]
    return Section(
        "scores",
        "What each group chose",
        (
            mean_figure(found.means, found.counts, names, appearances=appearances, level=study.analysis.level),
            difference_figure(found.counts, names),
            *(count_table(group, found.counts, names) for group in groups),
            Paragraph(rank_note(found.counts, names)),
            *_warnings(found.counts.messages),
            *([Note("Never chosen.", f"Nobody chose {names.named(never)}, as most or as least.")] if never else []),
        ),
    )


def _comparison(found: Findings, names: Names) -> tuple[Section, ...]:
    comparison, hanging = found.comparison, found.sensitivity
    if comparison is None or hanging is None:
        return ()
    order = overall_order(found.counts)
    rule = Section(
        "rule",
        "By the rule",
        (
            panels_figure(comparison, names),
            class_table(comparison, names),
            Paragraph(false_flag_words(comparison)),
            sensitivity_table(hanging, names),
        ),
    )
    chance = Section(
        "chance",
        "Against chance",
        (
            differences_figure(comparison, names, order),
            pairs_table(comparison, names, order),
        ),
    )
    told = _warnings(tuple(one for one in comparison.messages if one not in found.counts.messages))
    return (Section("comparison", "Comparing the groups", (*told, chance, rule)),)


def _warnings(messages: tuple[str, ...]) -> tuple[Block, ...]:
    """What an analysis wants its readers to know."""
    return (Note("Please note.", " ".join(messages)),) if messages else ()


def _priorities(study: Study, found: Findings, names: Names) -> tuple[Block, ...]:
    tags = {item.id: item.family for item in study.items}
    shared = (*shared_blocks(found.counts, names), *family_blocks(found.counts, names, tags))
    if found.comparison is None:
        return shared
    told = sized(found.comparison, names)
    beyond: tuple[Block, ...] = (
        (Paragraph("Beyond chance, the widest difference of mean scores first, with its interval:"), Bullets(told))
        if told
        else (Paragraph("No difference between the groups is beyond what chance alone could give."),)
    )
    return (
        Section("shared", "Shared", shared),
        Section("different", "Different", (*beyond, *direction_blocks(found.comparison, names))),
    )
