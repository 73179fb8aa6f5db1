"""Words for what the core knows by short names, as filters."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from commonground.partnership.publication import Lean, RoleLean
from commonground.web.partnerships import wording
from commonground.web.partnerships.models import Partnership
from commonground.web.partnerships.neighbours import LEAD_PAGES

register = template.Library()
register.filter("band_words", wording.band_words)
register.filter("standing_words", wording.standing_words)


@register.simple_tag
def lead_pages(partnership: Partnership) -> list[tuple[str, str]]:
    """Pages of neighbouring apps in the lead's navigation: (label, address) pairs."""
    return [(_(page.label), reverse(page.url_name, args=[partnership.public_id])) for page in LEAD_PAGES]


@register.filter
def lean_words(group: RoleLean) -> str:
    """Where a role group has an item, in a sentence."""
    sentences = {
        Lean.UPPER: _("Role “%(role)s”: rather in the upper half"),
        Lean.LOWER: _("Role “%(role)s”: rather in the lower half"),
        Lean.DIVIDED: _("Role “%(role)s”: divided"),
    }
    return sentences[group.lean] % {"role": group.role}
