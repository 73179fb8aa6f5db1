"""Where the study went another way than its plan said."""

from collections.abc import Sequence

from commonground.records.deviations import DataSeen, Deviation, PlanLog
from commonground.records.sheet import Column
from commonground.report.parts import Block, Paragraph, Row, Section, Table
from commonground.report.wording import counted

SEEN = {
    DataSeen.NOTHING: "no answer seen",
    DataSeen.COUNTS: "only how many had answered",
    DataSeen.ANSWERS: "answers seen",
}
"""What was known when it was decided, in words."""

_COLUMNS = (
    Column("number", "No."),
    Column("made_on", "Entered on"),
    Column("part", "About"),
    Column("changed", "What was done otherwise"),
    Column("reason", "Why"),
    Column("data_seen", "When it was decided"),
    Column("made_by", "Entered by"),
)


def deviations_section(log: PlanLog) -> Section:
    """Every departure from the plan, or that none was entered."""
    return Section("deviations", "Departures from the plan", (_opening(log), *_table(log.deviations)))


def _opening(log: PlanLog) -> Paragraph:
    when = f"was frozen on {log.frozen_on}" if log.frozen_on else "is the one in the study document"
    frozen = f"The plan of analysis {when}{f' (SHA-256 {log.plan_hash})' if log.plan_hash else ''}."
    if not log.deviations:
        return Paragraph(f"{frozen} No departure from it was entered.")
    late = sum(one.data_seen is DataSeen.ANSWERS for one in log.deviations)
    verb = "was" if len(log.deviations) == 1 else "were"
    entered = f"{counted(len(log.deviations), 'departure')} from it {verb} entered"
    return Paragraph(f"{frozen} Since then {entered}, {late or 'none'} of them decided with answers seen.")


def _table(found: Sequence[Deviation]) -> tuple[Block, ...]:
    if not found:
        return ()
    rows = tuple(
        Row(
            {
                "number": one.number,
                "made_on": one.made_on,
                "part": one.part.value,
                "changed": one.changed,
                "reason": one.reason,
                "data_seen": SEEN[one.data_seen],
                "made_by": one.made_by,
            }
        )
        for one in found
    )
    return (Table("deviations", "What was done otherwise than planned", _COLUMNS, rows),)
