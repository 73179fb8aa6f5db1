"""A study's answers as the report sees them: the same two tables that the downloads hold."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from commonground import __version__
from commonground.files.choices import choices_csv
from commonground.records.provenance import Provenance
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.report.document import build_document
from commonground.report.parts import Bullets, Document
from commonground.report.published import build_published_document
from commonground.web.respond.export import choice_data
from commonground.web.screening.tables import locked_table
from commonground.web.snapshots import snapshot
from commonground.web.studies.models import Study
from commonground.web.studies.planning import plan_log

KINDS: dict[str, str] = {
    Study.Kind.LIVE: "",
    Study.Kind.SIMULATED: "Simulated data",
    Study.Kind.PUBLISHED: "Published counts",
}
"""What the report says of where its answers come from."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is published, and what it was made from."""

    document: Document
    people: int | None
    data_hash: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the report says first."""
        summary = next((section for section in self.document.sections if section.id == "summary"), None)
        blocks = summary.blocks if summary else ()
        return tuple(sentence for block in blocks if isinstance(block, Bullets) for sentence in block.items)


def report_of(study: Study, *, progress: Progress) -> Report:
    """Build the report of a study from the answers there are at this moment.

    Raises
    ------
    RequestError
        If no group has enough complete answers; says how many are missing.
    """
    if study.kind == Study.Kind.PUBLISHED:
        return Report(build_published_document(), people=None)
    with snapshot():  # one moment for both tables, though people go on answering
        data, respondents = choice_data(study), locked_table(study)
    data_hash = hashlib.sha256(choices_csv(data).encode()).hexdigest()
    document = build_document(
        study.record(),
        data,
        respondents,
        provenance=Provenance(__version__, study.document_hash, data_hash, study.record().analysis.seed),
        locked_on=locked_on(study, respondents),
        kind=KINDS.get(study.kind, ""),
        plan_log=plan_log(study) if study.launched_at else None,
        progress=progress,
    )
    return Report(document, respondents.values("status").count(Status.COMPLETE), data_hash)


def locked_on(study: Study, respondents: RespondentTable) -> str:
    """The day of the lock; of a study that is not locked the day of its last complete answer."""
    return study.locked_at.date().isoformat() if study.locked_at else last_answer_on(respondents)


def last_answer_on(respondents: RespondentTable) -> str:
    """The day of the last complete answer: the same answers give the same report on any day."""
    return max((day for day in respondents.values("completed_on") if day), default="")
