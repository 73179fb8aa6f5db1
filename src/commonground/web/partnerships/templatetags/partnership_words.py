"""Words for what the core knows by short names, as filters."""

from django import template
from django.utils.translation import gettext as _

from commonground.partnership.publication import Lean, RoleLean
from commonground.web.partnerships import wording

register = template.Library()
register.filter("band_words", wording.band_words)


@register.filter
def lean_words(group: RoleLean) -> str:
    """Where a role group has an item, in a sentence."""
    sentences = {
        Lean.UPPER: _("Role “%(role)s”: rather in the upper half"),
        Lean.LOWER: _("Role “%(role)s”: rather in the lower half"),
        Lean.DIVIDED: _("Role “%(role)s”: divided"),
    }
    return sentences[group.lean] % {"role": group.role}
