"""The models by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast

from commonground.likelihood import best, marginal, maxdiff, rank, sequential, worst
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray


class Model(Protocol):
    """What every model's module offers."""

    @staticmethod
    def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
        """How likely everything is that may happen in a task."""
        ...

    @staticmethod
    def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
        """How likely what did happen is, task by task."""
        ...

    @staticmethod
    def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
        """Their weighted sum."""
        ...

    @staticmethod
    def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
        """The gradient of each task's log probability."""
        ...

    @staticmethod
    def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
        """The gradient of the log-likelihood."""
        ...

    @staticmethod
    def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
        """Its second derivatives."""
        ...


MODELS: Mapping[str, Model] = MappingProxyType(
    {
        name: cast("Model", module)
        for name, module in (
            ("best", best),
            ("worst", worst),
            ("marginal", marginal),
            ("sequential", sequential),
            ("maxdiff", maxdiff),
            ("rank", rank),
        )
    }
)
"""Module by model name, as `commonground fit --model` spells them.

Examples
--------
>>> sorted(MODELS)
['best', 'marginal', 'maxdiff', 'rank', 'sequential', 'worst']
"""
