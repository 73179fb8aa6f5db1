"""Questions that every page asks the database: their SQL is written once in a process, not once a page.

Django writes the SQL of a query anew each time, which takes longer than the database takes to answer. `Prepared` keeps
what Django wrote and asks it again with other values; rows become the same model objects as ever.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

_M = TypeVar("_M", bound=Model)


class Prepared(Generic[_M]):
    """A query with places for values.

    Parameters
    ----------
    ask : callable
        Makes the query from values; called once for each kind of database, with `samples`.
    samples
        Values that stand for those to come: of the right type, and different from each other and from any other value
        in the query.
    """

    def __init__(self, ask: Callable[..., QuerySet[_M]], *samples: object) -> None:
        self._ask, self._samples = ask, samples
        self._written: dict[str, _Written[_M]] = {}

    def rows(self, *values: object) -> list[_M]:
        """The objects found for these values."""
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _Written(self._ask(*self._samples), self._samples)
        return written.rows(values)

    def first(self, *values: object) -> _M | None:
        """The one object found, or None."""
        found = self.rows(*values)
        return found[0] if found else None


class _Written(Generic[_M]):
    """The SQL as Django writes it for the database at hand, and how its rows are read."""

    def __init__(self, query: QuerySet[_M], samples: tuple[object, ...]) -> None:
        self._compiler: Any = query.query.get_compiler(connection=connection)
        self._sql, parameters = self._compiler.as_sql()
        self._model = query.model
        self._places = [samples.index(one) if one in samples else None for one in parameters]
        self._fixed = tuple(parameters)
        columns = [column for column, _sql, _alias in self._compiler.select]
        self._names = [column.target.attname for column in columns]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, values: tuple[object, ...]) -> list[_M]:
        places = zip(self._places, self._fixed, strict=True)
        given: list[Any] = [fixed if place is None else values[place] for place, fixed in places]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, given)
            found = cursor.fetchall()
        if self._converters:
            found = [self._read(list(row)) for row in found]
        return [self._model.from_db(connection.alias, self._names, row) for row in found]

    def _read(self, row: list[Any]) -> list[Any]:
        for place, (convert, expression) in self._converters.items():
            for one in convert:
                row[place] = one(row[place], expression, connection)
        return row
