"""Each respondent's utilities as a table, for segments, maps and whatever else starts from people."""

from collections import Counter
from pathlib import Path

import polars as pl

from commonground.analysis.hierarchical.records import Individuals
from commonground.files.choices import frame_csv
from commonground.records.errors import DataError, Problem


def individuals_csv(people: Individuals) -> str:
    r"""One row a respondent: `respondent`, a utility an item (they sum to zero), `<item>_sd`, `rlh`.

    Utilities are posterior means in logits, unrounded. Labels and item ids stay as they are, because they must match.

    Raises
    ------
    DataError
        If items are called so that two columns would have one name.

    Examples
    --------
    >>> import numpy as np
    >>> people = Individuals(
    ...     ("Ann",), ("a", "b, c"), ("all",), np.array([[0.5, -0.5]]), np.array([[1.0, 1.0]]), np.array([0.75])
    ... )
    >>> individuals_csv(people)
    'respondent,a,"b, c",a_sd,"b, c_sd",rlh\r\nAnn,0.5,-0.5,1.0,1.0,0.75\r\n'
    """
    names = ["respondent", *people.items, *(f"{item}_sd" for item in people.items), "rlh"]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        what = f"two columns of the table of individuals would be called '{twice[0]}'."
        raise DataError([Problem(what, mend=f"Rename the item '{twice[0]}' in the data.")])
    columns = [people.respondents, *people.utilities.T, *people.sds.T, people.rlh]
    frame = pl.DataFrame(dict(zip(names, map(pl.Series, columns), strict=True)))
    return frame_csv(frame.with_columns(pl.col("rlh").fill_nan(None)))


def write_individuals(people: Individuals, path: Path) -> None:
    """Write each respondent's utilities as CSV."""
    path.write_bytes(individuals_csv(people).encode())
