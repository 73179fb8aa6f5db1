"""What people decided, counted: the part of `screen` that reads a table of decisions."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commonground.cli.output import plain, say
from commonground.files.decisions import read_decisions
from commonground.files.ready import Ready
from commonground.records.respondents import RespondentTable
from commonground.records.rounding import half_up, percent
from commonground.records.study import ScreeningRules
from commonground.screening.agreement import Agreement, agreement
from commonground.screening.decisions import Outcome, State, settle
from commonground.screening.records import Screening, Stage
from commonground.screening.statuses import with_statuses

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class StageJudged:
    """What became of the cases of a stage, and how far people agreed."""

    stage: Stage
    outcomes: tuple[Outcome, ...]
    agreement: Agreement

    def counts(self) -> dict[str, int]:
        """Cases by what became of them."""
        found = Counter(one.state for one in self.outcomes)
        return {state.value: found[state] for state in State}


@dataclass(frozen=True, slots=True)
class Judged:
    """Both stages, and how many people are kept."""

    stages: tuple[StageJudged, ...]
    kept: int
    excluded: int
    hash: str

    def fields(self) -> dict[str, object]:
        """The machine output."""
        stages = [
            {
                "stage": one.stage.value,
                **one.counts(),
                "agreement": plain(one.agreement),
                "outcomes": plain(one.outcomes),
            }
            for one in self.stages
        ]
        return {"kept": self.kept, "excluded": self.excluded, "stages": stages}

    def print(self, console: "Console") -> None:
        """The same in words."""
        for one in self.stages:
            if one.agreement.cases or any(outcome.state is not State.WAITING for outcome in one.outcomes):
                console.print(_stage_words(one))
        console.print(f"Kept {self.kept}, excluded {self.excluded}. Cases that are not settled stay in.")


def judge(path: Path, reading: Ready, screening: Screening, rules: ScreeningRules, write_to: Path | None) -> Judged:
    """Read the decisions, settle every case, and write what became of each where that is asked for."""
    people = reading.choices().respondents
    table = reading.respondents or RespondentTable(people, {})
    found = read_decisions(path, tuple(dict.fromkeys((*people, *table.respondents))))
    for message in found.messages:
        say(message)
    first, second = (
        StageJudged(
            stage,
            settle(screening.flagged_in(stage), found.decisions, found.rulings, stage=stage, reviewers=rules.reviewers),
            agreement(found.decisions, stage=stage),
        )
        for stage in Stage
    )
    if write_to is not None:
        from commonground.files.respondents import write_respondents

        write_respondents(with_statuses(table, frozenset(people), first.outcomes, second.outcomes), write_to)
        say(f"What became of each case is written to {write_to}; `report` with it leaves excluded people out.")
    excluded = sum(one.state is State.EXCLUDED and one.respondent in set(people) for one in first.outcomes)
    return Judged((first, second), len(people) - excluded, excluded, found.hash)


def _stage_words(one: StageJudged) -> str:
    counts = ", ".join(f"{number} {state}" for state, number in one.counts().items() if number)
    found = one.agreement
    told = f"Stage {one.stage.value}: {counts or 'no case'}."
    if found.raw is None:
        return f"{told} {' '.join(found.messages)}"
    kappa = _with_interval("kappa", found.kappa, found.kappa_interval)
    ac1 = _with_interval("AC1", found.ac1, found.ac1_interval)
    raw = (
        f"two people decided the same in {found.agreed} of {found.cases} cases ({percent(found.agreed, found.cases)} %)"
    )
    return f"{told} {raw[0].upper()}{raw[1:]}; {kappa}; {ac1}. {' '.join(found.messages)}"


def _with_interval(name: str, value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return f"{name} not defined"
    told = f"{name} {half_up(value, 2)}"
    return told if interval is None else f"{told} ({half_up(interval[0], 2)} to {half_up(interval[1], 2)})"
