"""The published study as a report from its counts alone: what needs its respondents is marked, never invented."""

import re

from commonground import __version__
from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Counts, count
from commonground.analysis.dropout import dropout
from commonground.analysis.group_means import GroupMean
from commonground.analysis.sensitivity import sensitivity
from commonground.published import conduct, labels, tables
from commonground.published.cells import Cell, CellVerdict
from commonground.published.characteristics import BLOCKS, PrintedBlock
from commonground.published.replicate import replicate
from commonground.records.provenance import Provenance
from commonground.report.characteristics import Answer, QuestionBlock, characteristics_table, make_up
from commonground.report.contrast import (
    CLASS_WORDS,
    NOT_COMPUTABLE,
    class_table,
    false_flag_words,
    pairs_table,
    panels_figure,
)
from commonground.report.flow import Flow, Stage
from commonground.report.flow_figure import flow_figure
from commonground.report.limits import limits_section
from commonground.report.names import Names
from commonground.report.parts import (
    Block,
    Column,
    Document,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
)
from commonground.report.priorities import direction_blocks, family_blocks, shared_blocks
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
from commonground.report.wording import counted, listed, p_value, plain, share

PUBLISHED_ON = "publication, 2025"
_SHORT_GROUPS = {"HP": "Health professionals", "R": "Researchers", "P": "Patient partners"}
_CONSTANTS = (0.01, 0.1, 0.5, 1.0)


def build_published_document() -> Document:
    """The published study, rebuilt from the counts it printed.

    Returns
    -------
    Document
        Dated by the publication; every share, interval and test that needs respondents reads "not computable from
        published counts".

    Examples
    --------
    >>> document = build_published_document()
    >>> [section.id for section in document.sections][:3]
    ['summary', 'about', 'methods']
    """
    names = _names()
    table = tables.count_table()
    counts = count(table, by="group", added=tables.ADDED)
    found = compare(table, by="group", added=tables.ADDED, threshold=tables.THRESHOLD)
    settings = sensitivity(table, by="group", constants=_CONSTANTS, also=(tables.ADDED,), threshold=tables.THRESHOLD)
    provenance = Provenance(__version__, settings={"source": labels.CITATION})
    blocks = tuple(_question_block(question, block) for question, block in BLOCKS.items())
    sections = (
        summary_section(counts, found, settings, names),
        _about(provenance),
        _methods(),
        _people(names, blocks),
        _scores(counts, names),
        _comparison(found, counts, names, sensitivity_table(settings, names)),
        Section("priorities", "What is shared, and what is not", _priorities(counts, found, names)),
        _quality(),
        _rechecked(),
        limits_section(
            counts,
            found,
            settings,
            names,
            make_up=make_up(blocks, ("Gender", "Race", "Country"), smallest_cell=1),
            more=_more_limits(),
        ),
        remake_section(provenance, PUBLISHED_ON, _COMMANDS),
    )
    return Document(
        title="Partner priorities in paediatric pain knowledge mobilization: the published study, rebuilt",
        subtitle="Best-worst scaling with health professionals, researchers and patient and caregiver partners. "
        + labels.CITATION,
        kind="From published counts, without respondents",
        locked_on=PUBLISHED_ON,
        provenance=provenance,
        sections=sections,
    )


_COMMANDS = ("commonground replicate", "commonground demo")


def _names() -> Names:
    return Names(labels.ITEM_LABELS, labels.SHORT_LABELS, labels.GROUP_LABELS, _SHORT_GROUPS)


def _about(provenance: Provenance) -> Section:
    return Section(
        "about",
        "About this report",
        (
            Note(
                "Rebuilt, not copied.",
                "The article’s figures are pictures that were not at hand; they are drawn anew here from its tables. "
                f"Whatever needs the answers of single people is marked ‘{NOT_COMPUTABLE}’.",
            ),
            provenance_facts(provenance, PUBLISHED_ON),
        ),
    )


def _methods() -> Section:
    design = conduct.DESIGN
    return Section(
        "methods",
        "How the study was done",
        (
            Paragraph(
                f"{design.items} items were shown in {design.tasks} tasks of {design.per_task}: a balanced incomplete "
                f"block design in which everybody sees every item {design.appearances} times (r) and every pair of "
                f"items together {design.co_appearances} times (λ). One task came a second time, so that people "
                f"answered {conduct.TASKS_SHOWN}; the second showing is not scored. In each task they chose the most "
                "and the least important item for supporting their participation."
            ),
            Paragraph(
                "For every item and group the study counts how often it was chosen as most (M) and least (L) "
                "important, takes √(M/L), its natural logarithm, and rescales that within each group from 0 to 1. "
                f"Because no researcher chose ‘{labels.SHORT_LABELS['comm']}’ as most important, "
                f"{tables.ADDED.constant:g} was added to every count of the researchers, and of them alone. Rescaled "
                f"scores {tables.THRESHOLD:g} or more apart were called relatively different, after looking for points "
                "that do not cluster. Here the same judgement is made by a rule that is printed with its results."
            ),
            Paragraph("Only people who answered every task were analysed."),
            _item_table(),
        ),
    )


def _item_table() -> Table:
    rows = tuple(
        Row({"short": labels.SHORT_LABELS[item], "label": label}) for item, label in labels.ITEM_LABELS.items()
    )
    return Table("items", "The items", (Column("short", "Here called"), Column("label", "As people read it")), rows)


def _people(names: Names, blocks: tuple[QuestionBlock, ...]) -> Section:
    left = conduct.BEGAN - conduct.COMPLETED
    flow = Flow(
        (
            Stage(
                "Consented",
                conduct.CONSENTED,
                {"Not eligible or did not begin (not told apart)": conduct.CONSENTED - conduct.BEGAN},
            ),
            Stage("Eligible and began", conduct.BEGAN, {"Did not answer every task": left}),
            Stage("Answered every task, analysed", conduct.COMPLETED, {}),
        ),
        {names.group(group): size for group, size in tables.GROUP_SIZES.items()},
    )
    figure = flow_figure(
        flow,
        title=f"{share(conduct.COMPLETED, conduct.BEGAN)} of those who began answered every task",
        subtitle=f"From {conduct.CONSENTED} people who consented to {conduct.COMPLETED} analysed.",
    )
    table = characteristics_table(
        blocks,
        names,
        name="characteristics",
        caption="Who took part, by group (Tables 2 and 3 of the article)",
        smallest_cell=1,
        notes=("Small counts are shown because the article shows them.",),
    )
    return Section(
        "people",
        "Who took part",
        (
            Paragraph(
                f"{conduct.FRAUD_REMOVED} responses were removed as fraudulent; the article does not say whether "
                f"before or after the {conduct.CONSENTED} were counted."
            ),
            figure,
            _dropout(names),
            table,
        ),
    )


def _dropout(names: Names) -> Paragraph:
    guess = conduct.DROPOUT_INFERRED
    sizes = tables.GROUP_SIZES
    found = dropout({group: (sizes[group] + guess[group], sizes[group]) for group in sizes})
    split = listed([f"{number} {names.who(group)}" for group, number in guess.items()])
    return Paragraph(
        f"The article gives χ²({conduct.DROPOUT_DF}) = {conduct.DROPOUT_CHI_SQUARE}, p = {conduct.DROPOUT_P} for "
        "completion by group, but not the numbers per group. These two figures do not belong together. Of all ways to "
        f"split the {sum(guess.values())} people who did not complete, one alone gives the printed p: {split}, with "
        f"χ² = {plain(found.chi_square or 0)} and {p_value(found.p or 1)}. That split is an inference, not a published "
        "number."
    )


def _question_block(question: str, block: PrintedBlock) -> QuestionBlock:
    answers = tuple(
        Answer(row.label, dict(zip(block.groups, row.people, strict=True)), row.child) for row in block.rows
    )
    asked = {group: tables.GROUP_SIZES[group] for group in block.groups}
    return QuestionBlock(question, asked, answers, {}, block.multiple)


def _scores(counts: Counts, names: Names) -> Section:
    means = tuple(
        GroupMean(group.group, item.item, item.best_minus_worst / (group.respondents or 1), None)
        for group in counts.groups
        for item in group.items
    )
    per_person = mean_figure(means, counts, names, appearances=tables.APPEARANCES, level=0.95)
    return Section(
        "scores",
        "What each group chose",
        (
            per_person,
            difference_figure(counts, names),
            Paragraph(
                "The article’s Fig. 4 shows these differences as bars in three panels. Here they are dots with a line "
                "to zero; the figure before it divides them by the number of people, which makes groups comparable."
            ),
            *(count_table(group, counts, names) for group in in_study_order(counts, names)),
            Paragraph(rank_note(counts, names)),
        ),
    )


def _comparison(found: Comparison, counts: Counts, names: Names, hanging: Table) -> Section:
    letters = {item: one.panel for item, one in tables.CLASSES_AS_PUBLISHED.items()}
    return Section(
        "comparison",
        "Comparing the groups",
        (
            panels_figure(found, names, letters=letters),
            Paragraph(
                "The article’s Fig. 5 shows the same points in panels A to K, in this order. Its classes are those of "
                f"the rule here: {_agreement(found)}. On a strict reading, however, "
                f"‘{labels.SHORT_LABELS['res']}’ sets patient partners apart from researchers only: from health "
                "professionals they are 0.196 away, which is less than 0.2."
            ),
            class_table(found, names, letters=letters),
            Paragraph(false_flag_words(found)),
            pairs_table(found, names, overall_order(counts)),
            hanging,
        ),
    )


def _agreement(found: Comparison) -> str:
    same = sum(
        found.item(item).class_ == one.class_ and set(found.item(item).apart) == set(one.apart)
        for item, one in tables.CLASSES_AS_PUBLISHED.items()
    )
    return f"{same} of {len(tables.CLASSES_AS_PUBLISHED)} agree"


def _priorities(counts: Counts, found: Comparison, names: Names) -> tuple[Block, ...]:
    tags: dict[str, str] = dict.fromkeys(tables.RELATIONSHIP_FAMILY, "Relationships and culture")
    tags |= dict.fromkeys(tables.PRAGMATIC_FAMILY, "Pragmatics")
    return (*shared_blocks(counts, names), *direction_blocks(found, names), *family_blocks(counts, names, tags))


def _quality() -> Section:
    rows: list[Row] = []
    for printed in (conduct.UNDERSTOOD, conduct.CONSIDERED, conduct.REPEATED_TASK):
        rows.append(Row({"answer": printed.question.capitalize()}, heading=True))
        given = {answer: number for answer, (number, _) in printed.answers.items()}
        missing = conduct.COMPLETED - sum(given.values())
        every = {**given, **({"no answer": missing} if missing else {})}
        rows.extend(
            Row({"answer": answer.capitalize(), "people": number, "share": share(number, conduct.COMPLETED)})
            for answer, number in every.items()
        )
    table = Table(
        "data-quality",
        f"What {conduct.COMPLETED} people said of their answers, and how they answered the repeated task",
        (Column("answer", "Answer"), Column("people", "People"), Column("share", "Share")),
        tuple(rows),
        (
            "By chance alone, with five items a task, 5 % would repeat both choices, 30 % change one, 65 % both.",
            f"Fit of single people, times and automatic signs: {NOT_COMPUTABLE}.",
        ),
    )
    return Section("quality", "Quality of the data", (table,))


def _rechecked() -> Section:
    """Every published number recomputed, and those that do not follow from the others."""
    cells = replicate()
    verdicts = [cell.verdict for cell in cells]
    odd = [cell for cell in cells if cell.verdict != CellVerdict.MATCHES]
    columns = (
        Column("place", "Where"),
        Column("what", "What"),
        Column("published", "Published"),
        Column("computed", "From its own data"),
        Column("why", "Why"),
    )
    table = Table(
        "inconsistencies",
        "What does not follow from the article's other numbers, or hangs on a choice it made",
        columns,
        tuple(Row(_odd_row(cell)) for cell in odd),
    )
    return Section(
        "rechecked",
        "Every published number, computed again",
        (
            Paragraph(
                f"{counted(len(cells), 'number')} and statements of the article were computed again from its own data: "
                f"{verdicts.count(CellVerdict.MATCHES)} match, {verdicts.count(CellVerdict.INCONSISTENT)} do not "
                "follow from the article's other numbers or hang on a choice it made, and "
                f"{verdicts.count(CellVerdict.DIFFERS)} differ for no known reason. "
                "None of them touches the counts."
            ),
            table,
        ),
    )


def _odd_row(cell: Cell) -> dict[str, str | int | float | None]:
    group = _SHORT_GROUPS.get(cell.group, cell.group)
    what = ", ".join(part for part in (group, _with_labels(cell.item), cell.column) if part)
    return {
        "place": cell.table,
        "what": what,
        "published": _with_labels(str(cell.published)),
        "computed": plain(cell.computed) if isinstance(cell.computed, float) else _with_labels(str(cell.computed)),
        "why": re.sub(r"`(\w+)`", lambda found: f"‘{labels.SHORT_LABELS.get(found[1], found[1])}’", cell.why),
    }


def _with_labels(text: str) -> str:
    """Ids of items, groups and classes as words, where a text is made of nothing else; any other text as it is."""
    words = labels.SHORT_LABELS | _SHORT_GROUPS | CLASS_WORDS
    known = set(re.findall(r"\w+", text)) <= set(words)
    return re.sub(r"\w+", lambda found: words[found[0]], text) if known else text


def _more_limits() -> tuple[str, ...]:
    return (
        (
            f"Intervals, tests and the share of false flags are {NOT_COMPUTABLE}: "
            "what the rule calls different may be chance."
        ),
    )
