"""Words for what the core knows by short names, as filters."""

from collections.abc import Mapping

from django import template

from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.capabilities import wording

register = template.Library()
register.filter("cover_words", wording.cover_words)
register.filter("able_words", wording.able_words)
register.filter("tier_words", wording.tier_words)
register.filter("gap_words", wording.gap_words)


@register.filter
def named(names: Mapping[str, Words], name: str) -> Words:
    """The name of a capability; its id where the framework no longer has it."""
    return names.get(name) or Words({EVERY_LANGUAGE: name})
