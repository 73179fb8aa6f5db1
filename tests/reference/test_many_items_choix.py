"""The penalised maximum for sparse picks against choix 0.4.1, an established package for choices from sets.

Made once in an environment with choix and numpy:

    data = [(0-based best, [the other three]), …]            # the sets below
    choix.opt_top1(24, data, alpha=0.5, method="Newton-CG", tol=1e-12)

choix takes alpha times the sum of squares off the log-likelihood, so that alpha = 1/2 is a prior of SD 1.
"""

from string import ascii_lowercase

import numpy as np
from numpy.testing import assert_allclose

from commonground.analysis.many.pick_sets import pick_sets
from commonground.analysis.many.ridge import fit_ridge
from commonground.records.choices import MISSING, ChoiceData

ITEMS = ascii_lowercase[:24]

SETS = """
vokg cdew nsho hfoq chxr glow mgph vudp bchv bopk ldwc smfu cktq vjfd bseo pbxd ujkc wqip omrs lnju
cgew lxdk hdsp clex boxq mdkc hajr lgij gxle cfro tkrj pxum hpfr ctaw retw ocvm trxk dlwi gwxb mivf
mvts kmgj shnw rhjw okqf tqsl xfjs rkio xfek mdxu nhqo mixt lmep pifb dpmv ltaq vpnk nrkt hmkv xcvu
"""
"""Four items of each task, the one picked as best first."""

UTILITIES = np.fromstring(
    """
-0.423544653, 0.862994963, 0.983602355, -0.073081663, -0.814352208, -1.036291243, 0.516907195,
0.641152699, -0.803683081, -0.914669005, -0.763047243, 0.929087529, 0.709495033, 0.733007367,
0.024221241, 0.134223468, -0.873875759, 0.088007856, 0.035608073, 0.210774283, -0.184410790,
0.531597605, -0.485442861, -0.028281161
""",
    sep=",",
)


def test_the_penalised_maximum_is_that_of_choix() -> None:
    sets = SETS.split()
    data = ChoiceData.from_rows(
        tuple(ITEMS),
        tuple(map(str, range(len(sets)))),
        respondent=np.arange(len(sets)),
        task=np.ones(len(sets)),
        shown=[sorted(ITEMS.index(item) for item in four) for four in sets],
        best=[ITEMS.index(four[0]) for four in sets],
        worst=np.full(len(sets), MISSING),
    )
    found = fit_ridge(pick_sets(data), 1.0).utilities
    assert_allclose(found - found.mean(), UTILITIES, atol=1e-6)
