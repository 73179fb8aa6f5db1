"""The report of a study, from its files: read, checked, made and written, for the command and for Python."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonground.api.reading import Source, warn
from commonground.files.data_checks import require_groups, require_same_study
from commonground.files.deviations import read_deviations
from commonground.files.ready import Ready, Tell, read_ready
from commonground.files.study import StudyDocument, plan_hash, read_study
from commonground.publish.extra import require_report_extra
from commonground.records.choices import ChoiceData
from commonground.records.deviations import PlanLog
from commonground.records.provenance import Provenance
from commonground.records.respondents import RespondentTable
from commonground.report.characteristics import SMALLEST_CELL
from commonground.report.document import build_document
from commonground.report.parts import Document

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """What a report is to be made of.

    Parameters
    ----------
    study, data : Path
    respondents : Path or None
        None takes a `respondents.csv` beside the data if it covers everybody.
    only : tuple of str
    drop_invalid : bool
    seed : int or None
        None takes that of the analysis plan.
    locked_on : str or None
        None takes the last day of the answers.
    smallest_cell : int
    kind : str
    deviations : Path or None
        A table of departures from the plan.
    """

    study: Path
    data: Path
    respondents: Path | None = None
    only: tuple[str, ...] = ()
    drop_invalid: bool = False
    seed: int | None = None
    locked_on: str | None = None
    smallest_cell: int = SMALLEST_CELL
    kind: str = ""
    deviations: Path | None = None

    @property
    def command(self) -> str:
        """The line that makes this report again, with the names of the files but not where they lie."""
        people = ["--respondents", self.respondents.name] if self.respondents else []
        people += ["--deviations", self.deviations.name] if self.deviations else []
        words = ["commonground", "report", self.study.name, self.data.name, "--out", "report", *people]
        return shlex.join([*words, *self._options()])

    def _options(self) -> list[str]:
        """What was asked for beyond the defaults, as it is typed."""
        given: Mapping[str, tuple[object, object]] = {
            "seed": (self.seed, None),
            "locked-on": (self.locked_on, None),
            "smallest-cell": (self.smallest_cell, SMALLEST_CELL),
            "kind": (self.kind, ""),
        }
        typed = [f"--{name}={value}" for name, (value, default) in given.items() if value != default]
        typed += [f"--only={one}" for one in self.only]
        return [*typed, "--drop-invalid"] if self.drop_invalid else typed


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """A plan whose files are read and fit together."""

    plan: ReportPlan
    planned: StudyDocument
    ready: Ready
    choices: ChoiceData
    as_planned: bool
    plan_log: PlanLog | None = None

    @property
    def provenance(self) -> Provenance:
        """Where the report comes from."""
        seed = self.planned.study.analysis.seed if self.plan.seed is None else self.plan.seed
        return self.ready.provenance(seed=seed, study_hash=self.planned.hash, smallest_cell=self.plan.smallest_cell)

    def build(self, progress: Progress | None = None) -> Document:
        """Make the document."""

        def tell(_words: str, done: int, total: int) -> None:
            if progress is not None:
                progress(done, total)

        return build_document(
            self.planned.study,
            self.choices,
            self.ready.respondents,
            provenance=self.provenance,
            locked_on=self.plan.locked_on or _last_day(self.ready.respondents),
            kind=self.plan.kind,
            smallest_cell=self.plan.smallest_cell,
            as_planned=self.as_planned,
            commands=(self.plan.command,),
            plan_log=self.plan_log,
            progress=tell,
        )


def prepare_report(plan: ReportPlan, *, warn: Tell, tell: Tell) -> ReadyReport:
    """Read the files of a report and check that they belong together.

    Parameters
    ----------
    plan : ReportPlan
    warn, tell : callable
        Told what must be known before the report is used, and what was done as asked.

    Raises
    ------
    StudyError, DataError, RequestError
        If the study, the data or both together cannot be used.
    """
    planned = read_study(plan.study)
    ready = read_ready(
        plan.data,
        respondents=plan.respondents,
        only=plan.only,
        drop_invalid=plan.drop_invalid,
        warn=warn,
        tell=tell,
    )
    choices = ready.choices()
    other_tasks = require_same_study(planned.study, choices, str(plan.data))
    require_groups(planned.study, choices, str(plan.data))
    for problem in other_tasks:
        warn(f"Warning: {problem}")
    if ready.respondents is None:
        warn("No respondents table: recruitment, completion and characteristics are left out of the report.")
    return ReadyReport(plan, planned, ready, choices, as_planned=not other_tasks, plan_log=_plan_log(plan, planned))


def _plan_log(plan: ReportPlan, planned: StudyDocument) -> PlanLog | None:
    """The departures that were brought; none where no table was."""
    if plan.deviations is None:
        return None
    return PlanLog(plan_hash=plan_hash(planned.study), deviations=read_deviations(plan.deviations))


def _last_day(respondents: RespondentTable | None) -> str:
    """The last day on which somebody finished, which is when the data can have been closed at the earliest."""
    days = [day for day in (respondents.values("completed_on") if respondents else ()) if day]
    return max(days, default="a day that is not recorded")


def write_report(
    study: Source,
    data: Source,
    folder: Source,
    *,
    respondents: Source | None = None,
    only: Sequence[str] = (),
    locked_on: str | None = None,
    smallest_cell: int = SMALLEST_CELL,
    kind: str = "",
    seed: int | None = None,
) -> Path:
    """Write the report of a study, as `commonground report` does: from files, so that the page can name their hashes.

    Parameters
    ----------
    study : str or path
        The study document, or the folder it lies in.
    data : str or path
        The choice table.
    folder : str or path
        What is written: `report.html`, `figures/*.svg`, `data/*.csv`.
    respondents : str or path, optional
        Left out, a `respondents.csv` beside the data is used if it covers everybody.
    only : sequence of str
        `COLUMN=VALUE`: keep these respondents only.
    locked_on : str, optional
        The day the data were closed; the last day of the answers if left out.
    smallest_cell : int
        Characteristics of fewer people are not shown; 1 shows all.
    kind : str
        Printed above the title, for instance "Simulated data".
    seed : int, optional
        Of everything drawn; the analysis plan's own if left out.

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    StudyError, DataError, RequestError
        If the study, the data or both together cannot be used.
    MissingLibraryError
        If the `report` extra is not installed.
    FileExistsError
        If the folder holds such files that no earlier report wrote.
    """
    require_report_extra()
    from commonground.publish import html  # noqa: PLC0415 – needs the extra that was just looked for

    plan = ReportPlan(
        Path(study),
        Path(data),
        None if respondents is None else Path(respondents),
        only=tuple(only),
        seed=seed,
        locked_on=locked_on,
        smallest_cell=smallest_cell,
        kind=kind,
    )
    html.refuse_to_overwrite(Path(folder))
    said: list[str] = []
    prepared = prepare_report(plan, warn=said.append, tell=lambda _: None)
    warn(*said)
    return html.write_report(prepared.build(), Path(folder))
