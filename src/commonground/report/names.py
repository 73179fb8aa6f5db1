"""What items and groups are called in a report, in full and in short."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.records.study import Study
from commonground.report.wording import listed


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by id, in the study's order.

    Parameters
    ----------
    items, short_items : mapping of item id to label
    groups, short_groups : mapping of group id to label
    """

    items: Mapping[str, str]
    short_items: Mapping[str, str]
    groups: Mapping[str, str]
    short_groups: Mapping[str, str]

    def item(self, item: str) -> str:
        """An item's short label; its id where the study does not know it."""
        return self.short_items.get(item, item)

    def group(self, group: str) -> str:
        """A group's short label."""
        return self.short_groups.get(group, group)

    def who(self, group: str) -> str:
        """A group inside a sentence: its label without the capital, unless it is an abbreviation."""
        label = self.groups.get(group, group)
        return label if label[:2].isupper() else label[:1].lower() + label[1:]

    def named(self, items: tuple[str, ...] | list[str]) -> str:
        """Items in a sentence."""
        return listed([f"‘{self.item(item)}’" for item in items])


NO_NAMES = Names({}, {}, {}, {})
"""Everything is called by its id."""


def names_of(study: Study, language: str) -> Names:
    """The names a study gives, in one language."""
    return Names(
        {item.id: item.label.in_language(language) for item in study.items},
        {item.id: item.short_label.in_language(language) for item in study.items},
        {group.id: group.label.in_language(language) for group in study.groups},
        {group.id: group.short_label.in_language(language) for group in study.groups},
    )
