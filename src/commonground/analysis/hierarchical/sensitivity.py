r"""What the spreads would be had their prior been wider, from the draws there are.

Draws under one prior are draws under another once each is weighted by the ratio of the two. For the prior of `prior`,
with a integrated out, p(Ψ | scale) ∝ ∏_j (df (Ψ⁻¹)_jj + 1/scale²)^−(df + n)/2; the part of Ψ that answers do not show
is drawn given the part they do. Where weights differ wildly the draws there are cannot tell, and nothing is said.

References
----------
Geweke, J. (1989). Bayesian inference in econometric models using Monte Carlo integration. Econometrica, 57, 1317–1339.
"""

from collections.abc import Sequence

import numpy as np

from commonground.analysis.hierarchical import contrast
from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.hierarchical.prior import Prior, draw_scales, draw_unseen
from commonground.analysis.hierarchical.records import PriorSensitivity, SpreadUnderOther
from commonground.analysis.hierarchical.summary import spreads
from commonground.records.choices import FloatArray

WIDER = 2.0
FEWEST_EFFECTIVE = 50.0
_MOST_DRAWS = 1000
_GIBBS_STEPS = 20


def prior_sensitivity(draws: Draws, items: Sequence[str], prior: Prior, rng: np.random.Generator) -> PriorSensitivity:
    """Posterior mean spreads with the prior's scale doubled.

    Parameters
    ----------
    draws : Draws
        Made with `prior`.
    items : sequence of str
    prior : Prior
    rng : numpy.random.Generator
    """
    flat = draws.covariance.reshape(-1, *draws.covariance.shape[2:]).astype(np.float64)
    flat = flat[:: max(1, len(flat) // _MOST_DRAWS)]
    other = prior.scale * WIDER
    log_weight = _log_ratio(_diagonals(flat, prior, rng), prior, other)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    effective = float(1 / (weight**2).sum())
    sds, _ = spreads(flat)
    mean, other_mean = sds.mean(axis=0), weight @ sds
    known = effective >= FEWEST_EFFECTIVE
    each = tuple(
        SpreadUnderOther(item, float(mean[i]), float(other_mean[i]) if known else None) for i, item in enumerate(items)
    )
    change = float(np.abs(other_mean / mean - 1).max()) if known else None
    return PriorSensitivity(prior.scale, other, each, change, effective)


def _diagonals(covariance: FloatArray, prior: Prior, rng: np.random.Generator) -> FloatArray:
    """Diagonals of Ψ⁻¹, what is not seen of it drawn given what is: (n_draws, n_items)."""
    columns = contrast.basis(covariance.shape[-1])
    precision: FloatArray = np.linalg.inv(columns.T @ covariance @ columns).astype(np.float64)
    seen = np.einsum("ji,nik,jk->nj", columns, precision, columns)
    scales = np.full(seen.shape, prior.scale**2)
    unseen = draw_unseen(scales, prior, rng)
    for _ in range(_GIBBS_STEPS):
        scales = draw_scales(precision, unseen, prior, rng)
        unseen = draw_unseen(scales, prior, rng)
    return seen + unseen


def _log_ratio(diagonal: FloatArray, prior: Prior, other: float) -> FloatArray:
    """Up to a constant, the log of the other prior's density over this one's: (n_draws,)."""
    half = (prior.df + diagonal.shape[1]) / 2
    rates = (np.log(prior.df * diagonal + scale**-2).sum(axis=1) for scale in (prior.scale, other))
    one, another = rates
    return half * (one - another)
