"""What goes into a publication, the rules it keeps, and the one record everybody sees, on screen and exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from commonground.partnership.own import Band
from commonground.partnership.standing import Standing
from commonground.records.design import Design
from commonground.records.errors import Problem, SettingError
from commonground.records.sheet import Column, Record, Sheet
from commonground.records.tabular import Tabular


class Sharing(StrEnum):
    """What a person lets the others see of one item; without a choice it is kept."""

    KEEP = "keep"
    UNNAMED = "unnamed"
    """The band, without a name."""
    NAMED = "named"
    """The band, as theirs."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was asked.

    Parameters
    ----------
    id : str
        A random label: people whose shares cannot all be shown are taken in its order.
    role : str
        Their partner group; empty if they would rather not say.
    scores : tuple of int or None
        One an item, as `own.score_answers` gives them; None until every task is answered.
    """

    id: str
    role: str = ""
    scores: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What one person allows.

    Parameters
    ----------
    sharing : mapping of item to Sharing
        Items that are not named are kept.
    open_team : bool
        In a team of three: that the team's picture is shown at all.
    open_role : bool
        That their role group is shown although it has only three or four people.
    late_ok : bool
        That one or two late answers are counted in, although it might show where those people stand.
    """

    sharing: Mapping[str, Sharing] = field(default_factory=dict[str, Sharing])
    open_team: bool = False
    open_role: bool = False
    late_ok: bool = False

    def of(self, item: str) -> Sharing:
        """What is chosen for an item."""
        return self.sharing.get(item, Sharing.KEEP)


@dataclass(frozen=True, slots=True)
class Team:
    """Everything that was asked and answered.

    Parameters
    ----------
    items : tuple of str
    design : Design
        Its first version is what everybody answers.
    people : tuple of Person
        Everybody who was asked, whether they answered or not.
    """

    items: tuple[str, ...]
    design: Design
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many people on something is shown; each can be made stricter, none weaker.

    Parameters
    ----------
    whole_team : int
        The team's picture; one fewer if all of them allow it.
    role_group : int
        A role group, and whoever is not in a group shown.
    open_role_group : int
        A role group whose people all allow it.
    late_batch : int
        Late answers are counted in from so many on.

    Raises
    ------
    SettingError
        If a rule is weaker than the default.
    """

    whole_team: int = 4
    role_group: int = 5
    open_role_group: int = 3
    late_batch: int = 3

    def __post_init__(self) -> None:
        given = (self.whole_team, self.role_group, self.open_role_group, self.late_batch)
        weaker = [f"{now} instead of {least}" for now, least in zip(given, (4, 5, 3, 3), strict=True) if now < least]
        if weaker:
            what = f"A privacy rule would be weaker than it may be: {', '.join(weaker)} people."
            raise SettingError([Problem(what, mend="Raise it, or leave it at its default.")])


class Status(StrEnum):
    """Whether there is a picture to show."""

    PUBLISHED = "published"
    TOO_FEW = "too_few"
    """Fewer people have answered than it takes."""
    NEEDS_CONSENT = "needs_consent"
    """Three people have answered, and not all of them allow it."""


class Lean(StrEnum):
    """Where a role group has an item, told in halves only."""

    UPPER = "upper"
    LOWER = "lower"
    DIVIDED = "divided"


@dataclass(frozen=True, slots=True)
class NamedShare:
    """What one person wanted the others to know."""

    person: str
    band: Band


@dataclass(frozen=True, slots=True)
class RoleLean:
    """Where one role group has an item."""

    role: str
    lean: Lean


@dataclass(frozen=True, slots=True)
class ItemPicture:
    """Everything that is told about one item.

    Parameters
    ----------
    item : str
    standing : Standing
        What the whole team's answers say.
    leans : tuple of RoleLean
        Role groups, where they may be shown.
    named : tuple of NamedShare
        Those who said so under their name.
    unnamed : tuple of Band
        Bands that somebody shared without a name, high first; not necessarily all that were shared.
    """

    item: str
    standing: Standing
    leans: tuple[RoleLean, ...] = ()
    named: tuple[NamedShare, ...] = ()
    unnamed: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Publication(Tabular):
    """What a team is shown, and all that may be exported: nothing in it follows from one person's kept answers.

    Parameters
    ----------
    status : Status
    edition : int
        From 1; it grows when late answers are counted in.
    invited, counted : int
        How many were asked, and whose answers are in the picture.
    waiting : int
        Late answers that are not counted in, for they are too few.
    items : tuple of ItemPicture
        In the order of the list; empty unless published.
    roles : tuple of str
        Role groups that are shown.
    halves_only : bool
        The team is so small that only halves are told.
    false_splits : float or None
        Of teams of this size, all wanting the same, the share that would show a split somewhere.
    """

    status: Status
    edition: int
    invited: int
    counted: int
    waiting: int = 0
    items: tuple[ItemPicture, ...] = ()
    roles: tuple[str, ...] = ()
    halves_only: bool = False
    false_splits: float | None = None

    @property
    def missing(self) -> int:
        """How many of those asked are not in the picture."""
        return self.invited - self.counted

    def standing_at(self, *standings: Standing) -> tuple[ItemPicture, ...]:
        """The items that stand so, in the order of the list."""
        return tuple(one for one in self.items if one.standing in standings)

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `items` with what the team's answers say, and `shares` with what people chose to show."""
        items = (Column("item", "item"), Column("standing", "what the answers say"), Column("leans", "role groups"))
        shares = (Column("item", "item"), Column("by", "by"), Column("band", "band"))
        caption = f"What the team shares and where it differs: {self.counted} of {self.invited} people"
        return (
            Sheet("items", caption, items, tuple(_item_row(one) for one in self.items)),
            Sheet("shares", "What people chose to show", shares, tuple(_share_rows(self.items))),
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication with what the server must remember of how it was made; only the publication is ever shown.

    Parameters
    ----------
    publication : Publication
    included : frozenset of str
        Whose answers are in it.
    seen : tuple of ItemPicture
        What has been shown last, also where it is shown no more.
    held_back : mapping of person to items
        Items a person wanted to share under their name and that are not shown so: to tell that person alone.
    """

    publication: Publication
    included: frozenset[str] = frozenset()
    seen: tuple[ItemPicture, ...] = ()
    held_back: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


def _item_row(one: ItemPicture) -> Record:
    leans = "; ".join(f"{group.role}: {group.lean.value}" for group in one.leans)
    return {"item": one.item, "standing": one.standing.value, "leans": leans or None}


def _share_rows(items: tuple[ItemPicture, ...]) -> list[Record]:
    named: list[Record] = [
        {"item": one.item, "by": share.person, "band": share.band.value} for one in items for share in one.named
    ]
    return named + [{"item": one.item, "by": None, "band": band.value} for one in items for band in one.unnamed]
