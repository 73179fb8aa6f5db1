"""Words for what the core knows by short names, as filters."""

from django import template

from commonground.web.capabilities import wording

register = template.Library()
register.filter("cover_words", wording.cover_words)
register.filter("able_words", wording.able_words)
register.filter("tier_words", wording.tier_words)
register.filter("gap_words", wording.gap_words)
