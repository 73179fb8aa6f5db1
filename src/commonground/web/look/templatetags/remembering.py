"""Pieces of pages that are the same for everybody are put together once: `{% remembered key … %}…{% endremembered %}`.

The keys have to say everything that the piece depends on, apart from the language and the template of the page, which
count by themselves. Where a key is empty or unknown, nothing is remembered and the piece is made anew: so a page that
does not say which study it belongs to is slower, never wrong. What differs from person to person, such as the token
of a form, has no place in such a piece.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 1024
"""Pieces kept for one place of a template; when there are more, all of that place are forgotten."""


class Remembered(template.Node):
    """A piece of a template and its keys. It lives, and remembers, as long as the template it was read from."""

    def __init__(self, pieces: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist, self._keys = pieces, keys
        self._kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """The piece as it was made before, or made now."""
        keys = tuple(key.resolve(context, ignore_failures=True) for key in self._keys)
        if any(key is None or key == "" for key in keys):
            return self.nodelist.render(context)
        page = context.template.name if context.template is not None else None
        key = (page, get_language(), *keys)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[key] = self.nodelist.render(context)
        return found


@register.tag
def remembered(parser: Parser, token: Token) -> Remembered:
    """Remember what stands between the tags, for each value of the keys."""
    _name, *keys = token.split_contents()
    pieces = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(pieces, [parser.compile_filter(key) for key in keys])
