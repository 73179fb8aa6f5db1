"""Who took part: the recruitment flow, completion by group, characteristics."""

from collections import Counter
from collections.abc import Mapping, Sequence

from commonground.analysis.descriptives import (
    Characteristics,
    ChoiceBlock,
    NumberBlock,
    RankedOption,
    RankingBlock,
    characteristics,
)
from commonground.analysis.dropout import Dropout, dropout
from commonground.records.answer_cells import columns_of
from commonground.records.questions import Question
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.records.sheet import Column
from commonground.records.study import Study
from commonground.report.characteristics import ALL, Answer, QuestionBlock, characteristics_table
from commonground.report.flow import Flow, recruitment
from commonground.report.flow_figure import flow_figure
from commonground.report.names import Names
from commonground.report.parts import Block, Figure, Note, Row, Table
from commonground.report.wording import counted, grouped, listed, p_value, people, plain, share

_OTHERS = "Other countries"

_TOO_FEW = 10
"""Numbers of fewer people are summarised without their smallest and largest value, which would be somebody's own."""


def only(table: RespondentTable, keep: Sequence[bool]) -> RespondentTable:
    """Some of the respondents, in the same order."""
    return RespondentTable(
        tuple(one for one, kept in zip(table.respondents, keep, strict=True) if kept),
        {
            name: tuple(value for value, kept in zip(values, keep, strict=True) if kept)
            for name, values in table.columns.items()
        },
    )


def flow_blocks(table: RespondentTable, names: Names, analysed: int) -> tuple[Block, ...]:
    """The recruitment flow drawn from statuses, and what does not add up."""
    flow = recruitment(table, names.short_groups, analysed)
    figure = _flow_figure(flow)
    if not flow.gaps:
        return (figure,)
    return (figure, Note("The flow does not add up.", " ".join(flow.gaps)))


def _flow_figure(flow: Flow) -> Figure:
    began = next(stage.count for stage in flow.stages if "began" in stage.label)
    complete = next(stage.count for stage in flow.stages if stage.label.startswith("Answered"))
    title = (
        f"{grouped(complete)} of {people(began)} who began answered every task ({share(complete, began)})"
        if began
        else "Nobody has begun the tasks yet"
    )
    first = flow.stages[0]
    opening = f"{people(first.count)} {first.label.lower()}"
    return flow_figure(flow, title=title, subtitle=f"{opening}; {people(complete)} answered every task.")


def completion_blocks(table: RespondentTable, names: Names) -> tuple[Block, ...]:
    """Who of each group completed, and whether groups differ in that."""
    status = Counter(zip(table.values("group"), table.values("status"), strict=True))
    numbers = {
        group: (status[group, Status.STARTED] + status[group, Status.COMPLETE], status[group, Status.COMPLETE])
        for group in names.groups
    }
    began = {group: both for group, both in numbers.items() if both[0]}
    if not began:
        return ()
    rows = tuple(Row(_completion_row(names.group(group), *both)) for group, both in began.items())
    found = dropout(began) if len(began) > 1 else None
    columns = (
        Column("group", "Group"),
        Column("began", "Began"),
        Column("completed", "Answered every task"),
        Column("left", "Did not"),
        Column("rate", "Share complete"),
    )
    caption = "Who answered every task, by group"
    return (Table("completion", caption, columns, rows, (_test_words(found),) if found else ()),)


def _completion_row(group: str, began: int, completed: int) -> Mapping[str, str | int | float | None]:
    left = began - completed
    return {"group": group, "began": began, "completed": completed, "left": left, "rate": share(completed, began)}


def _test_words(found: Dropout) -> str:
    """χ² where the numbers allow it, else the exact p; the other is named too."""
    if found.chi_square is None or found.p is None:
        return "All or none of each group completed, so there is nothing to test."
    chi = f"χ²({found.df}) = {plain(found.chi_square)}, {p_value(found.p)}"
    if found.exact_p is None:
        return f"Whether completion differs between groups: {chi}."
    exact = f"exact {p_value(found.exact_p)}"
    if found.use == "exact":
        return (
            f"Whether completion differs between groups: {exact}. With a smallest expected count of "
            f"{plain(found.smallest_expected, 1)}, {chi} is only a rough guide."
        )
    return f"Whether completion differs between groups: {chi} ({exact})."


def described(study: Study, complete: RespondentTable, language: str) -> Characteristics:
    """Background and demographic questions but free texts, and but for those that make the groups."""
    grouping = frozenset[str]().union(*(rule.when.questions() for rule in study.group_rules))
    asked = [question for question in study.background + study.demographics if question.id not in grouping]
    questions = _worth_telling(asked, complete)
    return characteristics(complete, questions, groups=[group.id for group in study.groups], language=language)


def _worth_telling(questions: Sequence[Question], complete: RespondentTable) -> list[Question]:
    """Questions on which the people analysed gave more than one answer: eligibility leaves some with one."""
    return [question for question in questions if len(_given(question, complete)) > 1]


def _given(question: Question, complete: RespondentTable) -> set[tuple[str | None, ...]]:
    columns = [complete.values(column) for column in columns_of(question)]
    return {cells for cells in zip(*columns, strict=True) if any(cells)}


def question_blocks(found: Characteristics, smallest_cell: int = 1) -> tuple[QuestionBlock, ...]:
    """Questions with options and rankings, in the shape the report prints."""
    blocks: list[QuestionBlock] = []
    for block in found.blocks:
        if isinstance(block, ChoiceBlock):
            blocks.append(_question_block(block, found, smallest_cell))
        elif isinstance(block, RankingBlock):
            blocks += _ranking_blocks(block, found)
    return tuple(blocks)


def _question_block(block: ChoiceBlock, found: Characteristics, smallest_cell: int) -> QuestionBlock:
    groups = [group for group in block.groups if group != ALL]
    answers = tuple(
        Answer(row.label, {group: row.shares[group].n for group in groups}, row.child) for row in block.rows
    )
    return QuestionBlock(
        question=block.label,
        asked={group: found.groups[group] for group in groups},
        answers=_rare_together(answers, smallest_cell) if block.open_ended else answers,
        missing={group: block.missing[group].n for group in groups},
        multiple=block.multiple,
    )


def _rare_together(answers: tuple[Answer, ...], smallest_cell: int) -> tuple[Answer, ...]:
    """Answers that few gave become one row: its name alone would say that such a person took part."""
    rare = [one for one in answers if sum(one.people.values()) < smallest_cell]
    if not rare:
        return answers
    together = {group: sum(one.people[group] for one in rare) for group in rare[0].people}
    return (*(one for one in answers if one not in rare), Answer(_OTHERS, together))


def _ranking_blocks(block: RankingBlock, found: Characteristics) -> list[QuestionBlock]:
    """Who put what first; and, where not every option gets a place, who gave it one."""
    groups = [group for group in block.groups if group != ALL]
    asked = {group: found.groups[group] for group in groups}
    missing = {group: block.missing[group].n for group in groups}
    first = tuple(Answer(one.label, {group: one.first[group].n for group in groups}) for one in block.options)
    blocks = [QuestionBlock(f"{block.label} (put first)", asked, first, missing)]
    if 1 < block.places < len(block.options):
        placed = tuple(Answer(one.label, {group: one.placed[group].n for group in groups}) for one in block.options)
        blocks.append(
            QuestionBlock(f"{block.label} (among the first {block.places})", asked, placed, missing, multiple=True)
        )
    return blocks


def characteristic_blocks(
    found: Characteristics, blocks: Sequence[QuestionBlock], names: Names, smallest_cell: int
) -> tuple[Block, ...]:
    """Characteristics by group as tables: answers, numbers, and mean places of rankings."""
    parts: list[Block] = []
    if blocks:
        parts.append(
            characteristics_table(
                blocks,
                names,
                name="characteristics",
                caption="Who took part, by group",
                smallest_cell=smallest_cell,
                notes=(),
            )
        )
    numbers = [block for block in found.blocks if isinstance(block, NumberBlock)]
    if numbers:
        parts.append(_number_table(numbers, names))
    rankings = [one for one in found.blocks if isinstance(one, RankingBlock) and one.places == len(one.options)]
    if rankings:
        parts.append(_places_table(rankings, names))
    return tuple(parts)


def _places_table(blocks: Sequence[RankingBlock], names: Names) -> Table:
    groups = [group for group in (*names.groups, ALL) if any(group in block.groups for block in blocks)]
    columns = (
        Column("option", "Answer"),
        *(Column(group, "All" if group == ALL else names.group(group), digits=2) for group in groups),
    )
    rows: list[Row] = []
    for block in blocks:
        rows.append(Row({"option": block.label}, heading=True))
        rows.extend(Row({"option": one.label, **_mean_places(one, block)}, indent=1) for one in block.options)
    note = f"1 is the first place. Means of fewer than {_TOO_FEW} people are left out."
    return Table("characteristics-places", "Mean places given in rankings, by group", columns, tuple(rows), (note,))


def _mean_places(option: RankedOption, block: RankingBlock) -> Mapping[str, float | None]:
    return {group: option.mean_place[group] if option.placed[group].n >= _TOO_FEW else None for group in block.groups}


def _number_table(blocks: Sequence[NumberBlock], names: Names) -> Table:
    columns = (
        Column("group", "Group"),
        Column("n", "People"),
        Column("missing", "No answer"),
        Column("mean", "Mean", digits=2),
        Column("sd", "SD", digits=2),
        Column("range", "Range"),
    )
    rows: list[Row] = []
    for block in blocks:
        rows.append(Row({"group": block.label}, heading=True))
        rows.extend(Row(_number_row(group, block, names), indent=1) for group in block.groups)
    return Table("characteristics-numbers", "Who took part, by group: numbers", columns, tuple(rows), _NUMBER_NOTES)


_NUMBER_NOTES = (
    (
        f"SD: standard deviation. The range is left out for fewer than {_TOO_FEW} people, because it would be "
        "somebody’s own answer."
    ),
)


def _number_row(group: str, block: NumberBlock, names: Names) -> Mapping[str, str | int | float | None]:
    one = block.summaries[group]
    wide = one.n >= _TOO_FEW and one.smallest is not None and one.largest is not None
    return {
        "group": "All" if group == ALL else names.group(group),
        "n": one.n,
        "missing": one.missing,
        "mean": plain(one.mean, 1) if block.years and one.mean is not None else one.mean,
        "sd": one.sd,
        "range": f"{plain(one.smallest or 0, 0)}–{plain(one.largest or 0, 0)}" if wide else None,
    }


def sizes_words(sizes: Mapping[str, int], names: Names) -> str:
    """Group sizes in a sentence."""
    return listed([f"{grouped(size)} {names.who(group)}" for group, size in sizes.items()])


def complete_words(complete: int, total: int, *, excluded: int = 0) -> str:
    """How many answers are complete, what is left out, and how many were excluded after screening."""
    told = [f"{people(complete + excluded)} answered every task"]
    left = total - complete - excluded
    if left:
        told.append(f"{counted(left, 'unfinished answer')} {'is' if left == 1 else 'are'} left out")
    if excluded:
        told.append(f"{people(excluded)} {'was' if excluded == 1 else 'were'} excluded after screening")
    return f"{'; '.join(told)}."
