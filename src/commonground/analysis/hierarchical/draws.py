"""What the hierarchical model's estimators return: arrays, before anybody has summarised them."""

from dataclasses import dataclass

from commonground.records.choices import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws from the posterior, several chains.

    Utilities are in logits and sum to zero over items throughout.

    Parameters
    ----------
    means : (n_chains, n_draws, n_groups, n_items) float
        Group means.
    covariance : (n_chains, n_draws, n_items, n_items) float32
        Between people within a group; rows sum to zero.
    shares : (n_chains, n_draws, n_items) float
        Mean over people of exp(u)/Σ exp(u); sums to 1.
    individual_mean, individual_sd : (n_people, n_items) float
        Posterior mean and standard deviation of everybody's utilities.
    individual_log_likelihood : (n_people,) float
        Posterior mean of everybody's log-likelihood, in nats.
    rlh : (n_people,) float
        exp of it per pick, the geometric mean probability of what was picked; NaN without picks.
    picks : (n_people,) int
        Best and worst counted apart.
    kept : (n_chains, n_kept, n_people, n_items) float32
        Everybody's utilities in draws spread evenly over the chain.
    kept_draws : (n_kept,) int
        Which draws these are.
    acceptance : (n_people,) float
        Share of moves accepted.
    messages : tuple of str
        What went wrong or nearly so; empty when nothing did.
    state : object
        For `sample.extend`: the chains as they stand.
    """

    means: FloatArray
    covariance: FloatArray
    shares: FloatArray
    individual_mean: FloatArray
    individual_sd: FloatArray
    individual_log_likelihood: FloatArray
    rlh: FloatArray
    picks: IntArray
    kept: FloatArray
    kept_draws: IntArray
    acceptance: FloatArray
    messages: tuple[str, ...]
    state: object


@dataclass(frozen=True, slots=True)
class EmpiricalBayes:
    """The population that fits best, and everybody given it.

    Parameters
    ----------
    means : (n_groups, n_items) float
    covariance : (n_items, n_items) float
    individual_mean, individual_sd : (n_people, n_items) float
        Of everybody's posterior, the population taken as known.
    log_likelihood : float
        The marginal log-likelihood, an importance-sampling estimate, in nats.
    effective_draws : (n_people,) float
        How many independent draws the importance weights of each person are worth.
    rlh : (n_people,) float
        As in `Draws`.
    kept : (n_kept, n_people, n_items) float32
        Draws from everybody's posterior, the population taken as known.
    steps : int
    converged : bool
    messages : tuple of str
    """

    means: FloatArray
    covariance: FloatArray
    individual_mean: FloatArray
    individual_sd: FloatArray
    log_likelihood: float
    effective_draws: FloatArray
    rlh: FloatArray
    kept: FloatArray
    steps: int
    converged: bool
    messages: tuple[str, ...]
