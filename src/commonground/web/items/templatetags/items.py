"""`{{ change|field_name }}`: which part of a wording changed, and in which language."""

from django import template

from commonground.development.differences import FieldChange
from commonground.records.words import EVERY_LANGUAGE
from commonground.web.items.wording import FIELD_NAMES

register = template.Library()


@register.filter
def field_name(change: FieldChange) -> str:
    """The name of a field, with its language where it has one."""
    name = str(FIELD_NAMES[change.field])
    return name if change.language == EVERY_LANGUAGE else f"{name} ({change.language})"
