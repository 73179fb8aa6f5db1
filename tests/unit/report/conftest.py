"""A small living study and the published one as documents, made once."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from commonground.design.build import build_design
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.published.participants import answer_shares
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.records.choices import ChoiceData
from commonground.records.provenance import Provenance
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study
from commonground.report.document import build_document
from commonground.report.parts import Bullets, Document, Figure, Table
from commonground.report.published import build_published_document
from commonground.simulation.fielding import Flow, simulate_study

FLOW = Flow({"HP": 20, "R": 12, "P": 11}, {"HP": 4, "R": 2, "P": 3}, ineligible=9, undecided=2, waiting=1)
PROVENANCE = Provenance("0.1.0", study_hash="5" * 64, data_hash="d" * 64, seed=20260101)


@dataclass(frozen=True)
class Fielded:
    """A study, what people answered, and its report."""

    study: Study
    choices: ChoiceData
    respondents: RespondentTable

    def report(self, **options: object) -> Document:
        given = {"provenance": PROVENANCE, "locked_on": "2026-03-31", **options}
        return build_document(self.study, self.choices, self.respondents, **given)


@pytest.fixture(scope="session")
def fielded() -> Fielded:
    study = parse_study(template_text("partner-priorities"), "study.yaml").study
    quick = study.model_copy(
        update={"analysis": study.analysis.model_copy(update={"resamples": 200, "permutations": 200})}
    )
    design = build_design(11, 5, repeat=True, seed=1)
    people = simulate_study(quick, design, PUBLISHED_LIKE, FLOW, seed=5, shares=answer_shares(quick))
    return Fielded(quick, people.choices, people.respondents)


@pytest.fixture(scope="session")
def document(fielded: Fielded) -> Document:
    return fielded.report()


@pytest.fixture(scope="session")
def published() -> Document:
    return build_published_document()


def _sentences(block: object) -> list[str]:
    if isinstance(block, Table):
        cells = [str(value) for row in block.rows for value in row.cells.values()]
        return [block.caption, *block.notes, *cells]
    if isinstance(block, Bullets):
        return list(block.items)
    fields = ("heading", "title", "subtitle", "text", "alt")
    return [getattr(block, name) for name in fields if hasattr(block, name)] + list(getattr(block, "notes", ()))


@pytest.fixture(scope="session")
def told() -> Callable[[Document], str]:
    """Every sentence of a document."""
    return lambda document: "\n".join(line for block in document.blocks() for line in _sentences(block))


@pytest.fixture(scope="session")
def table() -> Callable[[Document, str], Table]:
    """A table of a document by its id."""
    return lambda document, name: next(one for one in document.tables if one.id == name)


@pytest.fixture(scope="session")
def figure() -> Callable[[Document, str], Figure]:
    """A figure of a document by its id."""
    return lambda document, name: next(one for one in document.figures if one.id == name)
