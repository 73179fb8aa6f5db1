"""The likelihood of latent classes, with exact first and second derivatives.

Person r belongs to class c with probability π_c and then answers all tasks with the class's utilities u_c:

    L = Σ_r w_r ln Σ_c π_c exp(l_rc),      l_rc = Σ_tasks of r ln P(picks | u_c),      π = softmax(a).

With p_rc the posterior probability of class c and S_rc the gradient of ln(π_c exp(l_rc)), the gradient is Σ w E_p[S]
and the second derivatives are Σ w (E_p[∂S] + Cov_p[S]) (Louis 1982): what would be known if classes were seen, less
what is lost because they are not.

References
----------
McLachlan, G., & Peel, D. (2000). Finite Mixture Models. Wiley, chapter 2.
Louis, T. A. (1982). Finding the observed information matrix when using the EM algorithm. JRSS B, 44(2), 226–233.
Kamakura, W. A., & Russell, G. J. (1989). A probabilistic choice model for market segmentation and elasticity structure.
Journal of Marketing Research, 26(4), 379–390.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.classes.answers import Answers
from commonground.likelihood.models import Model
from commonground.likelihood.picks import log_sums
from commonground.records.choices import FloatArray

FLATTEST = 1e-12
"""Of the largest curvature: no direction counts as flatter in a step, so every step stays finite."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The log-likelihood of a number of classes; it can be climbed by `analysis.logit.newton.maximise`.

    A point is a vector: the utilities class after class, then the logarithms of the class sizes (up to a constant).

    Parameters
    ----------
    model : module of `likelihood`
    answers : Answers
    n_classes, n_items : int
    penalty : float
        Precision of a normal prior on the distance of each class's utilities from their mean; 0 for none.
    """

    model: Model
    answers: Answers
    n_classes: int
    n_items: int
    penalty: float = 0.0

    def utilities(self, at: FloatArray) -> FloatArray:
        """The utilities in a point: (n_classes, n_items)."""
        return at[: self.n_classes * self.n_items].reshape(self.n_classes, self.n_items)

    def log_sizes(self, at: FloatArray) -> FloatArray:
        """Logarithms of π in a point: (n_classes,)."""
        free = at[self.n_classes * self.n_items :]
        return free - log_sums(free)

    def joint(self, at: FloatArray) -> FloatArray:
        """Logarithms of π_c exp(l_rc): (n_people, n_classes)."""
        return self.log_sizes(at) + person_log_likelihoods(self, self.utilities(at))

    def posterior(self, at: FloatArray) -> FloatArray:
        """How likely each person belongs to each class: (n_people, n_classes), summing to one a person."""
        joint = self.joint(at)
        return np.exp(joint - log_sums(joint)[:, None])

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Nats, without the penalty."""
        return np.asarray(self.answers.weight @ log_sums(self.joint(at)))

    def value(self, at: FloatArray) -> FloatArray:
        """The penalised log-likelihood."""
        return self.log_likelihood(at) - self.penalty / 2 * (from_mean(self.utilities(at)) ** 2).sum()

    def slope(self, at: FloatArray) -> FloatArray:
        """The gradient of the penalised log-likelihood: (n_parameters,)."""
        expected = self.posterior(at) * self.answers.weight[:, None]
        of_utilities = class_slopes(self, self.utilities(at), expected)
        of_sizes = expected.sum(axis=0) - np.exp(self.log_sizes(at)) * self.answers.weight.sum()
        return np.concatenate([of_utilities.ravel(), of_sizes])

    def person_slopes(self, at: FloatArray) -> FloatArray:
        """Each person's part of the gradient, without weight or penalty: (n_people, n_parameters)."""
        posterior = self.posterior(at)
        expected = posterior[..., None] * self._scores(at)
        return np.concatenate([expected.reshape(len(posterior), -1), posterior - np.exp(self.log_sizes(at))], axis=1)

    def curvature(self, at: FloatArray) -> FloatArray:
        """Minus the second derivatives, exactly: (n_parameters, n_parameters); singular along constants."""
        posterior = self.posterior(at)
        return self._complete(at, posterior) - self._missing(at, posterior)

    def information(self, at: FloatArray) -> FloatArray:
        """The curvature with every direction made to bend downwards, so that a step always climbs."""
        found = self.curvature(at) + self.constants()
        if _bends_downwards(found):
            return found
        values, vectors = np.linalg.eigh(found)
        size = np.maximum(np.abs(values), FLATTEST * np.abs(values).max())
        return (vectors * size) @ vectors.T

    def constants(self) -> FloatArray:
        """What makes the curvature invertible: a multiple of 1·1ᵀ for each class's utilities and for the sizes."""
        parts = [np.arange(self.n_items) + c * self.n_items for c in range(self.n_classes)]
        parts.append(np.arange(self.n_classes) + self.n_classes * self.n_items)
        found = np.zeros((parts[-1][-1] + 1,) * 2)
        for part in parts:
            found[np.ix_(part, part)] = self.answers.weight.sum() / part.size
        return found

    def centred(self, at: FloatArray) -> FloatArray:
        """Each class's utilities summing to zero, and the logarithms of the sizes themselves."""
        return np.concatenate([from_mean(self.utilities(at)).ravel(), self.log_sizes(at)])

    def _scores(self, at: FloatArray) -> FloatArray:
        """The gradient of each l_rc by u_c: (n_people, n_classes, n_items)."""
        scores = np.moveaxis(self.model.scores(self.utilities(at), self.answers.sets), 0, 1)
        summed = self.answers.per_person(scores.reshape(len(scores), -1))
        return self.answers.extra[:, None] + summed.reshape(-1, self.n_classes, self.n_items)

    def _complete(self, at: FloatArray, posterior: FloatArray) -> FloatArray:
        """What would be known if classes were seen, with the penalty: utilities class by class, and sizes."""
        found, items = np.zeros((at.size, at.size)), self.n_items
        bends = class_curvatures(self, self.utilities(at), posterior * self.answers.weight[:, None])
        for place, bend in enumerate(bends):
            found[place * items : (place + 1) * items, place * items : (place + 1) * items] = bend
        sizes = np.exp(self.log_sizes(at))
        found[-self.n_classes :, -self.n_classes :] = self.answers.weight.sum() * (
            np.diag(sizes) - np.outer(sizes, sizes)
        )
        return found

    def _missing(self, at: FloatArray, posterior: FloatArray) -> FloatArray:
        """What is lost because classes are not seen: Σ_r w_r Cov(S_r) under the posterior."""
        scores = self._scores(at)
        mean = np.concatenate([(posterior[..., None] * scores).reshape(len(posterior), -1), posterior], axis=1)
        found, items = -(mean.T * self.answers.weight) @ mean, self.n_items
        for place in range(self.n_classes):
            where = np.append(np.arange(place * items, (place + 1) * items), self.n_classes * items + place)
            own = np.concatenate([scores[:, place], np.ones((len(posterior), 1))], axis=1)
            found[np.ix_(where, where)] += (own.T * (posterior[:, place] * self.answers.weight)) @ own
        return found


def _bends_downwards(curvature: FloatArray) -> bool:
    """Whether every eigenvalue is above the flattest allowed; Cholesky's way is ten times faster than to find them."""
    flattest = FLATTEST * np.diag(curvature).max()
    try:
        np.linalg.cholesky(curvature - flattest * np.eye(len(curvature)))
    except np.linalg.LinAlgError:
        return False
    return True


def person_log_likelihoods(mixture: Mixture, utilities: FloatArray) -> FloatArray:
    """Everybody's log-likelihood under some utilities: (..., n_items) give (n_people, ...)."""
    answers, lead = mixture.answers, utilities.shape[:-1]
    each = mixture.model.log_probabilities(utilities, answers.sets).reshape(-1, answers.sets.best.size)
    found = answers.per_person(each.T) + answers.extra @ utilities.reshape(-1, mixture.n_items).T
    return found.reshape(-1, *lead)


def class_slopes(mixture: Mixture, utilities: FloatArray, expected: FloatArray) -> FloatArray:
    """The gradient for classes whose members are known by their weights, with the penalty's: (..., n_items).

    Parameters
    ----------
    mixture : Mixture
    utilities : (..., n_items) float
    expected : (n_people, ...) float
        How much each person counts in each class.
    """
    answers, flat = mixture.answers, expected.reshape(len(expected), -1)
    weighted = answers.weighted(answers.per_set(flat).T.reshape(*expected.shape[1:], -1))
    beyond = (flat.T @ answers.extra).reshape(utilities.shape)
    return mixture.model.gradient(utilities, weighted) + beyond - mixture.penalty * from_mean(utilities)


def class_curvatures(mixture: Mixture, utilities: FloatArray, expected: FloatArray) -> FloatArray:
    """Minus the second derivatives that go with `class_slopes`: (..., n_items, n_items)."""
    answers, items = mixture.answers, mixture.n_items
    summed = answers.per_set(expected.reshape(len(expected), -1)).T.reshape(*expected.shape[1:], -1)
    held = mixture.penalty * (np.eye(items) - 1 / items)
    return held - mixture.model.hessian(utilities, answers.weighted(summed))


def from_mean(utilities: FloatArray) -> FloatArray:
    """Utilities less their mean over items."""
    return utilities - utilities.mean(axis=-1, keepdims=True)
