"""Components as template tags. Load them with `{% load look %}`.

`{% card "Title" %}…{% endcard %}` · `{% notice "good" "Saved" %}…{% endnotice %}` ·
`{% dialog id title button %}…{% enddialog %}` ·
`{% progress 3 12 "Task 3 of 12" %}` · `{% table caption columns rows %}` · `{% chart title picture alt … %}` ·
`{% field form.email %}` · `{% error_summary form %}` · `{% steps steps %}` · `{% say words %}` · `{{ words|said }}`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypedDict

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, Textarea
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from commonground.records.words import EVERY_LANGUAGE, Words

register = template.Library()

NOTICES = frozenset({"info", "good", "warn", "error"})


class Column(TypedDict, total=False):
    """A column of a table: its heading, and whether it holds numbers."""

    label: str
    number: bool


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2) -> SafeString:
    """One thing and what belongs to it."""
    heading = format_html("<h{}>{}</h{}>", level, title, level) if title else ""
    return format_html('<section class="card">{}{}</section>', heading, content)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", role: str = "note") -> SafeString:
    """Something to know now; `kind` is info, good, warn or error, `role` note, status or alert."""
    if kind not in NOTICES:
        raise template.TemplateSyntaxError(f"a notice is one of {sorted(NOTICES)}, not {kind!r}")
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html('<div class="notice notice-{}" role="{}">{}{}</div>', kind, role, heading, content)


@register.simple_block_tag
def dialog(content: str, name: str, title: str, button: str, style: str = "button") -> SafeString:
    """A button that opens something over the page, without a script."""
    return format_html(
        '<button type="button" class="{style}" popovertarget="{name}">{button}</button>'
        '<div popover id="{name}" class="dialog" role="dialog" aria-labelledby="{name}-title">'
        '<h2 id="{name}-title">{title}</h2>{content}'
        '<p class="actions"><button type="button" class="button button-plain" popovertarget="{name}"'
        ' popovertargetaction="hide">{close}</button></p></div>',
        style=style, name=name, button=button, title=title, content=content, close=gettext("Close"),
    )  # fmt: skip


@register.inclusion_tag("look/components/progress.html")
def progress(value: int, of: int, words: str) -> dict[str, object]:
    """A bar that also says itself in words."""
    return {"value": value, "of": of, "words": words}


@register.inclusion_tag("look/components/table.html")
def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], note: str = ""
) -> dict[str, object]:
    """A table whose first column names the rows."""
    return {"caption": caption, "columns": columns, "rows": rows, "note": note}


@register.filter
def is_number(place: int, columns: Sequence[Column]) -> bool:
    """Whether the column at this place, from 0, holds numbers."""
    return bool(columns[place].get("number"))


@register.inclusion_tag("look/components/chart.html")
def chart(
    title: str,
    picture: str,
    alt: str,
    *,
    subtitle: str = "",
    columns: Sequence[Column] = (),
    rows: Iterable[Sequence[object]] = (),
    downloads: Sequence[tuple[str, str]] = (),
) -> dict[str, object]:
    """A picture with its message, its table and what can be downloaded: (label, address) pairs."""
    return {
        "title": title, "picture": picture, "alt": alt, "subtitle": subtitle,
        "columns": columns, "rows": rows, "downloads": downloads,
    }  # fmt: skip


@register.inclusion_tag("look/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with label, help and error in the order in which they are read."""
    widget = bound.field.widget
    is_checkbox = isinstance(widget, CheckboxInput)
    css = "input" if isinstance(widget, Textarea) or not is_checkbox else ""
    return {
        "field": bound,
        "is_checkbox": is_checkbox,
        "control": bound.as_widget(attrs={"class": css} if css else None),
    }


@register.inclusion_tag("look/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What has to be mended in a form, with links to where."""
    errors = [
        (form[name].id_for_label if name in form.fields else "", message)
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {"errors": errors, "title": problems_title(len(errors))}


def problems_title(number: int) -> str:
    """The heading over a list of what has to be mended."""
    return gettext("One answer needs another look") if number == 1 else gettext("Some answers need another look")


@register.inclusion_tag("look/components/steps.html")
def steps(steps: Sequence[dict[str, str]]) -> dict[str, object]:
    """Where something stands: steps of `label`, `state` (done, now, next) and optional `url`."""
    return {"steps": steps}


@register.filter
def said(words: Words | None) -> str:
    """A study's text in the language of the page, as plain text."""
    return words.in_language(get_language() or "en") if words else ""


@register.simple_tag
def say(words: Words | None) -> SafeString:
    """A study's text in the language of the page, marked where it is in another one."""
    return _marked(said(words), _language_of(words))


@lru_cache(maxsize=4096)
def _marked(text: str, language: str) -> SafeString:
    return format_html('<span lang="{}">{}</span>', language, text) if language else format_html("{}", text)


def _language_of(words: Words | None) -> str:
    """The language a text falls back to, or nothing where it is in the page's own."""
    here = get_language() or "en"
    if words is None or here in words.root or EVERY_LANGUAGE in words.root:
        return ""
    return next(iter(words.root))
