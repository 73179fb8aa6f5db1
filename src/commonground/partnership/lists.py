"""The list a team weighs: the starter list, changed as it likes, or one of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.partnership.tasks import FEWEST_ITEMS, MOST_ITEMS
from commonground.records.errors import Problem, RequestError
from commonground.records.study import Item

LONGEST_LABEL = 80
"""A longer label does not fit on a card of a phone."""


@dataclass(frozen=True, slots=True)
class ListChange:
    """How a team's list differs from the starter list, and so what it can no longer be compared with.

    Parameters
    ----------
    added, dropped, reworded : tuple of str
        Item ids, those added and reworded as in the team's list, those dropped as in the starter list.
    """

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    reworded: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether the list is another one: then no result may stand beside the study's."""
        return bool(self.added or self.dropped or self.reworded)


def check_list(items: Sequence[Item], languages: Sequence[str] = ("en",)) -> None:
    """See that a list can be used.

    Raises
    ------
    RequestError
        With everything that is wrong: too few or too many items, an id or a label twice, a label that is missing in a
        language or too long.

    Examples
    --------
    >>> from commonground.records.words import Words
    >>> names = [Words({"en": f"Thing {number}"}) for number in range(6)]
    >>> check_list([Item(id=f"own{at}", label=name, short_label=name) for at, name in enumerate(names)])
    >>> check_list([Item(id=f"own{at}", label=names[0], short_label=names[0]) for at in range(2)])
    Traceback (most recent call last):
    commonground.records.errors.RequestError: The list has 2 items. A list has 6 to 16.
    'Thing 0' stands twice on the list. Join the two, or say what sets them apart.
    """
    problems = [*_wrong_number(items), *_twice(items, languages), *_wrong_labels(items, languages)]
    if problems:
        raise RequestError(problems)


def compare_lists(items: Sequence[Item], starter: Sequence[Item]) -> ListChange:
    """What a team changed on the starter list.

    Examples
    --------
    >>> from commonground.records.words import Words
    >>> named = {key: Words({"en": key}) for key in ("goal", "plan", "fun")}
    >>> one, two, own = (Item(id=key, label=words, short_label=words) for key, words in named.items())
    >>> compare_lists([one, own], [one, two])
    ListChange(added=('fun',), dropped=('plan',), reworded=())
    """
    known: Mapping[str, Item] = {item.id: item for item in starter}
    mine = {item.id for item in items}
    return ListChange(
        added=tuple(item.id for item in items if item.id not in known),
        dropped=tuple(item.id for item in starter if item.id not in mine),
        reworded=tuple(item.id for item in items if item.id in known and item != known[item.id]),
    )


def _wrong_number(items: Sequence[Item]) -> list[Problem]:
    if FEWEST_ITEMS <= len(items) <= MOST_ITEMS:
        return []
    return [Problem(f"The list has {len(items)} items.", mend=f"A list has {FEWEST_ITEMS} to {MOST_ITEMS}.")]


def _twice(items: Sequence[Item], languages: Sequence[str]) -> list[Problem]:
    ids = [item.id for item in items]
    labels = [item.label.in_language(languages[0]).strip() for item in items]
    same = [label for label in dict.fromkeys(labels) if [one.casefold() for one in labels].count(label.casefold()) > 1]
    return [
        Problem(f"The id '{one}' stands twice on the list.") for one in dict.fromkeys(ids) if ids.count(one) > 1
    ] + [
        Problem(f"'{label}' stands twice on the list.", mend="Join the two, or say what sets them apart.")
        for label in same
    ]


def _wrong_labels(items: Sequence[Item], languages: Sequence[str]) -> list[Problem]:
    found: list[Problem] = []
    for item in items:
        texts = {language: item.label.in_language(language) for language in languages}
        found += [
            Problem(
                f"'{text}' has {len(text)} letters, too many for a card on a phone.",
                mend=f"Say it in {LONGEST_LABEL}; the rest can go into the definition.",
            )
            for text in dict.fromkeys(texts.values())
            if len(text) > LONGEST_LABEL
        ]
    return found
