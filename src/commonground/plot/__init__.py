"""Figures of results, as Altair charts: they show in a notebook and save as SVG or PNG without a browser.

>>> import commonground as cg
>>> data = cg.simulate(cg.build_design(7, 3), 60)
>>> chart = cg.plot.caterpillar(cg.fit(data))
>>> print(*chart.to_dict()["title"]["text"])
‘item-2’ stands highest, ‘item-7’ lowest

`chart.save("figure.svg")` writes it; `chart.properties(title="…")` gives it another title. The figures are those of the
report, in its colours (Okabe and Ito's, with a shape that says the same), and each carries a text alternative. They
need the `report` extra: `pip install 'commonground[report]'`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commonground.analysis.comparison import Comparison
from commonground.analysis.hierarchical.records import HierarchicalFit
from commonground.analysis.planning.records import SampleSize
from commonground.publish.extra import require_report_extra
from commonground.records.design import Design
from commonground.records.study import Study
from commonground.report import result_figures
from commonground.report.design_figure import co_appearances_figure
from commonground.report.estimates import Result
from commonground.report.names import Names, names_of
from commonground.report.parts import Figure
from commonground.report.people_figure import individuals_figure
from commonground.report.sample_size import sample_size_figure

if TYPE_CHECKING:
    import altair as alt

Labels = Study | Mapping[str, str] | None
"""What items and groups are called: as a study says, or by id."""

__all__ = [
    "caterpillar",
    "co_appearances",
    "differences",
    "groups",
    "individuals",
    "sample_size",
    "shares",
]


def caterpillar(result: Result, *, labels: Labels = None) -> "alt.TopLevelMixin":
    """Estimates from the highest item down, each with its 95 % interval; groups or classes side by side.

    Parameters
    ----------
    result : Fits, ModelFit, HierarchicalFit, LatentClasses, Rankings, Comparison or Counts
        Utilities, or mean scores per person (of a comparison), or shares of showings (of counts, without intervals).
    labels : Study or mapping, optional
        What items and groups are called.

    Returns
    -------
    altair chart

    Raises
    ------
    RequestError
        If the result has nothing to draw.
    MissingLibraryError
        If the `report` extra is not installed.
    """
    return _chart(result_figures.caterpillar_figure(result, _names(labels)))


def shares(result: Result, *, labels: Labels = None) -> "alt.TopLevelMixin":
    """Shares of preference in per cent, one panel a group or class; with intervals where the model gives them.

    Parameters
    ----------
    result : Fits, ModelFit, HierarchicalFit or LatentClasses
    labels : Study or mapping, optional

    Raises
    ------
    RequestError
        If the result has no shares.
    """
    return _chart(result_figures.shares_figure(result, _names(labels)))


def groups(comparison: Comparison, *, labels: Labels = None) -> "alt.TopLevelMixin":
    """Groups side by side: a panel an item, rescaled scores, the widest range first.

    Parameters
    ----------
    comparison : Comparison
    labels : Study or mapping, optional
    """
    return _chart(result_figures.groups_figure(comparison, _names(labels)))


def differences(comparison: Comparison, *, labels: Labels = None) -> "alt.TopLevelMixin":
    """Differences between every two groups, with intervals, verdicts and the margin of likeness.

    Parameters
    ----------
    comparison : Comparison
    labels : Study or mapping, optional

    Raises
    ------
    RequestError
        If the comparison was made from counts, which have no respondents.
    """
    return _chart(result_figures.differences_figure(comparison, _names(labels)))


def individuals(result: HierarchicalFit, *, labels: Labels = None) -> "alt.TopLevelMixin":
    """How people differ: the distribution of their own utilities, item by item.

    Parameters
    ----------
    result : HierarchicalFit
    labels : Study or mapping, optional
    """
    return _chart(individuals_figure(result, _names(labels)))


def co_appearances(design: Design, items: Sequence[str] = (), *, labels: Labels = None) -> "alt.TopLevelMixin":
    """A heat map of a design: how often every two items stand together in a task.

    Parameters
    ----------
    design : Design
    items : sequence of str, optional
        Ids in the order of the design; numbers where left out.
    labels : Study or mapping, optional

    Raises
    ------
    RequestError
        If there are not as many names as items.
    """
    return _chart(co_appearances_figure(design, items, _names(labels)))


def sample_size(found: SampleSize) -> "alt.TopLevelMixin":
    """How precision or power grow with the number of people, and the number recommended.

    Parameters
    ----------
    found : SampleSize
    """
    return _chart(sample_size_figure(found))


def _names(labels: Labels) -> Names:
    if isinstance(labels, Study):
        return names_of(labels, labels.languages[0])
    known = dict(labels or {})
    return Names(known, known, known, known)


def _chart(figure: Figure) -> "alt.TopLevelMixin":
    require_report_extra()
    from commonground.publish.charts import chart  # noqa: PLC0415 – Altair, only once there is something to draw

    return chart(figure)
