"""Where a result comes from, so that anyone can make it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT_VERSION = 1
"""The version of the study document, the machine output and the database."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a result was made from.

    Parameters
    ----------
    study_hash, data_hash : str
        SHA-256 of the study document and of the data, hexadecimal; empty where there is none.
    seed : int or None
    package_version : str
    settings : mapping of str to plain values
    """

    package_version: str
    study_hash: str = ""
    data_hash: str = ""
    seed: int | None = None
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
