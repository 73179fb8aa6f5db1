r"""What is believed before any answer is seen, and the draws that follow from it.

The spread of each item's utility, its standard deviation between people, has a half-t prior; correlations are close to
uniform (Huang & Wand 2013): the covariance Ψ of all items is inverse Wishart given one scale a_j an item,

    Ψ given a ~ IW(df + n_items − 1, 2 df diag(1/a)),   a_j ~ inverse gamma(1/2, 1/scale²).

Utilities sum to zero, so only the part of Ψ at right angles to the ones, Σ = Eᵀ Ψ E with E the basis of `contrast`, is
ever seen; by the projection property of the inverse Wishart it has, given a, the distribution
IW(df + n_items − 2, 2 df Eᵀ diag(1/a) E). Every item enters alike, so renaming the items renames the result and no
more. Group means have independent normal priors.

References
----------
Huang, A., & Wand, M. P. (2013). Simple marginally noninformative prior distributions for covariance matrices. Bayesian
Analysis, 8(2), 439–452 (equation 2, properties 2–4).
Gelman, A. (2006). Prior distributions for variance parameters in hierarchical models. Bayesian Analysis, 1(3), 515–534.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import contrast, matrices
from commonground.records.choices import FloatArray
from commonground.records.errors import SettingError


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior of the population, in logits.

    Parameters
    ----------
    df : float
        Degrees of freedom of the half-t prior on each item's standard deviation: 2 leaves correlations uniform, more
        pulls them towards 0. At least 1.
    scale : float
        Its scale: half of the prior lies below about 0.8 times it for df = 2.
    mean_sd : float
        Standard deviation of the normal prior around 0 on every group's mean utilities.

    Raises
    ------
    SettingError
        If one of them is not a positive number, or df is below 1.

    Examples
    --------
    >>> Prior(scale=1.0)
    Prior(df=2.0, scale=1.0, mean_sd=5.0)
    """

    df: float = 2.0
    scale: float = 2.5
    mean_sd: float = 5.0

    def __post_init__(self) -> None:
        for name, value in (("df", self.df), ("scale", self.scale), ("mean_sd", self.mean_sd)):
            if not (np.isfinite(value) and value > 0):
                raise SettingError(f"the prior's {name} must be a positive number, not {value!r}.")
        if self.df < 1:
            raise SettingError(f"the prior's df must be at least 1, not {self.df!r}.")

    def covariance_df(self, coordinates: int) -> float:
        """Degrees of freedom of the inverse Wishart of the coordinates' covariance."""
        return self.df + coordinates - 1

    def covariance_scale(self, scales: FloatArray) -> FloatArray:
        """Its scale matrix given every item's a: (..., n_items) to (..., n_items − 1, n_items − 1)."""
        columns = contrast.basis(scales.shape[-1])
        return np.einsum("ji,...j,jk->...ik", columns, 2 * self.df / scales, columns)


def draw_unseen(scales: FloatArray, prior: Prior, rng: np.random.Generator) -> FloatArray:
    """What the part of Ψ that is not seen adds to each diagonal element of its inverse: (..., n_items).

    With Ψ partitioned in the basis (E, 1/√n) and S its scale matrix, the inverse Wishart's conditional laws make
    ψ = Ψ₂₂ − Ψ₂₁ Σ⁻¹ Ψ₁₂ inverse gamma and s = Σ⁻¹ Ψ₁₂ normal around S₁₁⁻¹ S₁₂ with covariance ψ S₁₁⁻¹, both whatever
    Σ is. Then (Ψ⁻¹)_jj = (E Σ⁻¹ Eᵀ)_jj + (1/√n − (E s)_j)²/ψ; the last term is returned.

    Parameters
    ----------
    scales : (..., n_items) float
    prior : Prior
    rng : numpy.random.Generator

    References
    ----------
    Gupta, A. K., & Nagar, D. K. (2000). Matrix Variate Distributions. Chapman & Hall, chapter 3 (partitioned inverse
    Wishart matrices).
    """
    n_items = scales.shape[-1]
    columns, ones = contrast.basis(n_items), np.full(n_items, n_items**-0.5)
    weights = 2 * prior.df / scales
    inner = prior.covariance_scale(scales)
    cross = (columns.T * ones) @ weights[..., None]
    slope = matrices.solved(inner, cross)
    left: FloatArray = (weights / n_items).sum(axis=-1) - (cross * slope).sum(axis=(-2, -1))
    unseen = left / 2 / rng.standard_gamma((prior.df + n_items - 1) / 2, size=left.shape)
    root = matrices.transposed(matrices.root(inner))
    noise = matrices.solved(root, rng.standard_normal((*left.shape, n_items - 1, 1)))
    slope = slope + np.sqrt(unseen)[..., None, None] * noise
    direction = ones - (columns @ slope)[..., 0]
    return direction**2 / unseen[..., None]


def draw_scales(precision: FloatArray, unseen: FloatArray, prior: Prior, rng: np.random.Generator) -> FloatArray:
    """One Gibbs step of every item's a: inverse gamma((df + n)/2, df (Ψ⁻¹)_jj + 1/scale²).

    Parameters
    ----------
    precision : (..., p, p) float
        Σ⁻¹.
    unseen : (..., n_items) float
        From `draw_unseen`.
    prior : Prior
    rng : numpy.random.Generator

    Returns
    -------
    (..., n_items) float
    """
    n_items = unseen.shape[-1]
    columns = contrast.basis(n_items)
    seen = ((columns @ precision) * columns).sum(axis=-1)
    rate = prior.df * (seen + unseen) + prior.scale**-2
    return np.asarray(rate / rng.standard_gamma((prior.df + n_items) / 2, size=rate.shape), dtype=np.float64)


def log_density_of_root(root: FloatArray, unseen: FloatArray, prior: Prior) -> tuple[FloatArray, FloatArray]:
    """Ln p(R Rᵀ) abs(det R), the scales a integrated out, and its slope by R.

    With a integrated out, p(Ψ) ∝ det(Ψ)^−(df + 2n)/2 ∏_j (df (Ψ⁻¹)_jj + 1/scale²)^−(df + n)/2.

    Parameters
    ----------
    root : (..., p, p) float
        R; the covariance is R Rᵀ.
    unseen : (..., n_items) float
        From `draw_unseen`.
    prior : Prior

    Returns
    -------
    value : (...) float
        Up to a constant.
    slope : (..., p, p) float

    References
    ----------
    Huang & Wand (2013), property 1 for the density.
    """
    p, n_items = root.shape[-1], unseen.shape[-1]
    inverse = matrices.inverse(root)
    turned = inverse @ contrast.basis(n_items).T
    rate = prior.df * ((turned**2).sum(axis=-2) + unseen) + prior.scale**-2
    count = prior.df + 2 * p - 1
    power = prior.df + n_items
    value = -count * np.linalg.slogdet(root)[1] - power / 2 * np.log(rate).sum(axis=-1)
    back = matrices.transposed(inverse)
    weighted = turned * (power * prior.df / rate)[..., None, :]
    return value, back @ (weighted @ matrices.transposed(turned)) - count * back


def draw_inverse_wishart(df: float, scale: FloatArray, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Covariances and their inverses, by Bartlett's decomposition.

    Parameters
    ----------
    df : float
        More than the number of rows minus 1.
    scale : (..., p, p) float
    rng : numpy.random.Generator

    Returns
    -------
    covariance, precision : (..., p, p) float

    References
    ----------
    Bartlett, M. S. (1933). On the theory of statistical regression. Proceedings of the Royal Society of Edinburgh, 53,
    260–283.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> covariance, _ = draw_inverse_wishart(1e6, 1e6 * np.eye(2)[None], rng)
    >>> abs(covariance[0] - np.eye(2)).max() < 0.01
    np.True_
    """
    size = scale.shape[-1]
    below = np.tril_indices(size, -1)
    factor = np.zeros(scale.shape)
    factor[..., below[0], below[1]] = rng.standard_normal((*scale.shape[:-2], len(below[0])))
    steps = np.arange(size, dtype=np.int64)
    factor[..., steps, steps] = np.sqrt(2 * rng.standard_gamma((df - steps) / 2, size=scale.shape[:-1]))
    # With scale = L Lᵀ and A the factor, precision = L⁻ᵀ A Aᵀ L⁻¹ is Wishart, and L A⁻ᵀ is a root of the covariance.
    root = matrices.root(scale)
    half = matrices.solved(factor, matrices.transposed(root))
    inverse = matrices.inverse(half)
    return matrices.transposed(half) @ half, inverse @ matrices.transposed(inverse)
