"""Common Ground: what the people in a partnership need most, and least, to work together.

`import commonground as cg` loads nothing but this page. Each name below is fetched from its room when it is first used;
`__init__.pyi` tells the same to editors and type checkers.
"""

import sys
from importlib import import_module

__version__ = "0.1.0"

_PLACES = {
    # files in and out
    "read_choices": "api.reading",
    "read_counts": "api.reading",
    "read_respondents": "api.reading",
    "read_anchors": "api.reading",
    "read_design": "api.reading",
    "read_study": "api.reading",
    "write_choices": "api.writing",
    "write_design": "api.writing",
    # designs and rehearsals
    "build_design": "design.build",
    "audit": "design.audit",
    "simulate": "api.simulating",
    "sample_size": "api.planning",
    # analyses
    "count": "analysis.count",
    "compare": "analysis.compare",
    "agreement": "analysis.agreement.agreement",
    "fit": "api.fitting",
    "rank": "analysis.many.rank",
    "compare_foresight": "analysis.prediction.compare",
    "quality": "analysis.quality.quality",
    # studies
    "screen": "api.screening",
    "write_report": "api.reporting",
    # what goes in and comes out
    "Added": "analysis.count",
    "ChoiceData": "records.choices",
    "CountTable": "records.choices",
    "Design": "records.design",
    "Study": "records.study",
    "CommonGroundError": "records.errors",
    "DataWarning": "records.errors",
}
"""The room and module in which each name lives."""

__all__ = ["__version__", "plot", *_PLACES]  # noqa: PLE0604 – texts, all of them


def __getattr__(name: str) -> object:
    if name == "plot":
        return import_module("commonground.plot")
    if name not in _PLACES:
        raise AttributeError(f"module 'commonground' has no attribute '{name}'", name=name, obj=sys.modules[__name__])
    found = getattr(import_module(f"commonground.{_PLACES[name]}"), name)
    globals()[name] = found  # the next time it is simply there
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
