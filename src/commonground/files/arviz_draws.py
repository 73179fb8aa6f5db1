"""Draws of a hierarchical model as ArviZ knows them, in memory or as a netCDF file; needs the extra `arviz`."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from commonground.analysis.hierarchical.records import HierarchicalFit
from commonground.records.errors import MissingLibraryError, RequestError

if TYPE_CHECKING:
    from xarray import DataTree

INDIVIDUALS = "individual_posterior"
"""The group with everybody's utilities: fewer draws of each chain are kept of them than of the population."""


def need_arviz() -> None:
    """Say now, not after minutes of sampling, that what is needed is not installed.

    Raises
    ------
    MissingLibraryError
    """
    for name in ("arviz_base", "h5netcdf"):
        if find_spec(name) is None:
            raise MissingLibraryError(name, "pip install 'commonground[arviz]'")


def to_arviz(fit: HierarchicalFit) -> "DataTree":
    """The draws as the tree of data sets that ArviZ reads.

    The group `posterior` holds `mean` (chain, draw, group, item), `covariance` (chain, draw, item, other_item) and
    `share` (chain, draw, item); `individual_posterior` holds `utility` (chain, draw, respondent, item), its draws being
    some of those, spread evenly. Items, groups and respondents are coordinates under their own names.

    Parameters
    ----------
    fit : HierarchicalFit

    Returns
    -------
    xarray.DataTree

    Raises
    ------
    MissingLibraryError
        If the extra is not installed.
    RequestError
        If the model was fitted without chains.
    """
    need_arviz()
    from arviz_base import from_dict  # noqa: PLC0415  # xarray and pandas come with it: seconds at every start

    draws = fit.draws
    if draws is None:
        raise RequestError("empirical Bayes has no draws of the population to give to ArviZ: fit without it.")
    population = {"mean": draws.means, "covariance": draws.covariance, "share": draws.shares}
    tree: DataTree = from_dict(
        {"posterior": population, INDIVIDUALS: {"utility": draws.kept}},
        coords={
            "item": list(fit.individuals.items),
            "other_item": list(fit.individuals.items),
            "population_group": list(fit.summary.groups),
            "respondent": list(fit.individuals.respondents),
        },
        dims={
            "mean": ["population_group", "item"],
            "covariance": ["item", "other_item"],
            "share": ["item"],
            "utility": ["respondent", "item"],
        },
    )
    individual = tree[INDIVIDUALS].to_dataset().assign_coords(draw=draws.kept_draws)
    tree[INDIVIDUALS] = type(tree)(individual)
    tree.attrs["about"] = "Posterior draws of a hierarchical best-worst model; utilities in logits, summing to zero."
    return tree


def write_arviz(fit: HierarchicalFit, path: Path) -> None:
    """Write the draws as netCDF, for `arviz.from_netcdf`.

    Raises
    ------
    MissingLibraryError
        If the extra is not installed.
    """
    to_arviz(fit).to_netcdf(path, engine="h5netcdf")
