"""A cell of the published study beside its recomputation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commonground.records.rounding import half_up

Value = int | float | str


class CellVerdict(StrEnum):
    """What became of a cell.

    MATCHES: the same at the digits printed. INCONSISTENT: the publication contradicts itself. DIFFERS: neither.
    """

    MATCHES = "matches"
    INCONSISTENT = "published inconsistent"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number or statement, and what its own data give.

    Parameters
    ----------
    table : str
        Where it stands: "Table 4", "Fig. 5", "Recruitment" …
    group, item : str
        Empty where the cell belongs to none.
    column : str
    published, computed : int, float or str
        `computed` is not rounded; it is compared at the digits printed.
    verdict : CellVerdict
    printed : str
        `published` with the digits it was printed with.
    why : str
        What is inconsistent, in a sentence.
    check : str
        The number of the check in the list of known inconsistencies (X-1 …), where it is one.
    """

    table: str
    group: str
    item: str
    column: str
    published: Value
    computed: Value
    verdict: CellVerdict
    printed: str
    why: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A place where the publication is known to contradict itself: what its own data give instead, and why."""

    instead: Value
    why: str


def number_cell(
    place: tuple[str, str, str, str],
    printed: str,
    computed: float,
    *,
    known: Contradiction | None = None,
    check: str = "",
) -> Cell:
    """Compare a number at the digits it was printed with, half rounded up.

    Parameters
    ----------
    place : (table, group, item, column)
    printed : str
        Such as "3.70".
    computed : float
    known : Contradiction, optional
        With a text such as "1.6" for `instead`: the verdict is "published inconsistent" only if exactly that is found.

    Examples
    --------
    >>> str(number_cell(("Table 4", "HP", "open", "sqrt"), "3.70", 3.6968).verdict)
    'matches'
    """
    rounded = half_up(computed, _digits(printed))
    instead = None if known is None else half_up(computed, _digits(str(known.instead))) == Decimal(str(known.instead))
    verdict = _verdict(agrees=rounded == Decimal(printed), expected=instead)
    return Cell(*place, _number(printed), computed, verdict, printed, _why(verdict, known), check)


def fact_cell(
    place: tuple[str, str, str, str],
    published: int | str,
    computed: int | str,
    *,
    known: Contradiction | None = None,
    check: str = "",
) -> Cell:
    """Compare whole numbers or statements, which agree or do not.

    Examples
    --------
    >>> cell = fact_cell(("Recruitment", "", "", "organizations"), 61, 62, known=Contradiction(62, "41 + 20 + 1 = 62."))
    >>> str(cell.verdict), cell.why
    ('published inconsistent', '41 + 20 + 1 = 62.')
    """
    verdict = _verdict(agrees=published == computed, expected=None if known is None else computed == known.instead)
    return Cell(*place, published, computed, verdict, str(published), _why(verdict, known), check)


def tally_verdicts(cells: tuple[Cell, ...]) -> Mapping[str, int]:
    """How many cells have each verdict."""
    return {verdict.value: sum(cell.verdict is verdict for cell in cells) for verdict in CellVerdict}


def _verdict(*, agrees: bool, expected: bool | None) -> CellVerdict:
    if agrees:
        return CellVerdict.MATCHES
    return CellVerdict.INCONSISTENT if expected else CellVerdict.DIFFERS


def _why(verdict: CellVerdict, known: Contradiction | None) -> str:
    return known.why if known and verdict is CellVerdict.INCONSISTENT else ""


def _digits(printed: str) -> int:
    return len(printed.partition(".")[2])


def _number(printed: str) -> int | float:
    return float(printed) if "." in printed else int(printed)
