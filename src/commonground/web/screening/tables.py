"""The two tables of a study as they are locked, and the one hash that stands for them and the study document."""

import hashlib
from dataclasses import dataclass, replace

from commonground.files.choices import choices_csv
from commonground.files.respondents import respondents_csv
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.screening.statuses import with_statuses
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.screening.standing import Standing, standing_of
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class Seal:
    """The hashes of what is locked.

    `hash` is that of the lines `HASH  NAME`, one for each file in the order of names: anybody who has the three files
    gets it from `sha256sum choices.csv respondents.csv study.yaml | sha256sum`.
    """

    choices: str
    respondents: str
    document: str

    @property
    def hash(self) -> str:
        """The one hash."""
        named = {"choices.csv": self.choices, "respondents.csv": self.respondents, "study.yaml": self.document}
        lines = "".join(f"{digest}  {name}\n" for name, digest in named.items())
        return hashlib.sha256(lines.encode()).hexdigest()


def locked_table(study: Study) -> RespondentTable:
    """The respondents table: with what screening made of everybody once the study is locked, and never before."""
    table = respondent_table(study)
    return table if study.locked_at is None else decided_table(table, standing_of(study))


def decided_table(table: RespondentTable, standing: Standing) -> RespondentTable:
    """A respondents table with what screening made of everybody."""
    people = zip(table.respondents, table.values("status"), strict=True)
    complete = frozenset(one for one, status in people if status == Status.COMPLETE)
    second = () if standing.second is None else standing.second.outcomes.values()
    return with_statuses(table, complete, standing.first.outcomes.values(), second)


def seal_of(study: Study, data: ChoiceData | None = None, table: RespondentTable | None = None) -> Seal:
    """The hashes of a study's tables as they are at this moment."""
    choices = choices_csv(choice_data(study) if data is None else data)
    respondents = respondents_csv(
        decided_table(respondent_table(study), standing_of(study)) if table is None else table
    )
    return Seal(*(hashlib.sha256(text.encode()).hexdigest() for text in (choices, respondents, study.document)))


def is_whole(study: Study, seal: Seal) -> bool:
    """Whether the data are still what was locked.

    A lock made when the choice table did not tell the language of each answer is held against the table without it.
    """
    if seal.hash == study.locked_hash:
        return True
    data = choice_data(study)
    told = {name: values for name, values in data.covariates.items() if name != "language"}
    return seal_of(study, replace(data, language=None, covariates=told)).hash == study.locked_hash
