"""Every address of the site, by its name, with something in each place: for tests that leave out no page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"int": "1", "slug": "x", "str": "x"}


@dataclass(frozen=True)
class Address:
    """One kind of page."""

    name: str
    pattern: str
    view: object
    converters: dict[str, object]

    def filled(self, **known: object) -> str:
        """The address with what is known in its places, and a sample elsewhere."""
        path = self.pattern
        for name, converter in self.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            path = path.replace(f"<{kind}:{name}>", str(known.get(name, SAMPLES[kind])))
        return f"/{path}"

    def __str__(self) -> str:
        return self.name


def every_address(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "", before: str = ""
) -> Iterator[Address]:
    """Walk the site's patterns; those written as regular expressions are left to their own tests."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from every_address(one.url_patterns, inner, path)
        elif "^" not in path:
            yield Address(f"{namespace}{one.name}", path, one.callback, _converters(one))


def _converters(one: URLPattern) -> dict[str, object]:
    return dict(one.pattern.converters)
