"""From what matters to a partnership to the capabilities worth a look. Our own proposal, for people to change."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

CROSSWALK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "open": ("public", "communication", "person-centred", "values-driven"),
        "goal": ("implementation", "leadership", "impact"),
        "res": ("systems", "facilitation"),
        "fit": ("systems", "local", "health-services-research", "analysis", "person-centred"),
        "exp": ("interdisciplinary", "public", "communities", "values-driven"),
        "lead": ("leadership", "values-driven"),
        "net": ("systems", "communities"),
        "plan": ("implementation", "facilitation", "development"),
        "know": ("implementation", "analysis", "development"),
        "champ": ("implementation", "facilitation", "leadership", "impact"),
        "comm": ("public", "communication", "person-centred"),
    }
)
"""Items of the starter list and capabilities of the EISEN framework, by id."""


def suggested(items: Iterable[str], crosswalk: Mapping[str, tuple[str, ...]] = CROSSWALK) -> tuple[str, ...]:
    """Capabilities worth a look for these items, each once, in the order in which they come up.

    Examples
    --------
    >>> suggested(["net", "res"])
    ('systems', 'communities', 'facilitation')
    """
    return tuple(dict.fromkeys(name for item in items for name in crosswalk.get(item, ())))
