"""What a database keeps of rows that are gone."""

from datetime import datetime

from django.db import connections

from commonground.web.contacts.models import Entry, SpentPass
from commonground.web.contacts.router import CONTACTS


def write_tables_anew(now: datetime) -> None:
    """On PostgreSQL, leave nothing in the files of the tables of rows that were written again or deleted.

    Otherwise each entry would lie there in as many old versions as people came after it: their order of arrival.
    SQLite overwrites what is deleted at once.
    """
    del now
    connection = connections[CONTACTS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Entry, SpentPass):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")  # noqa: SLF001  # Django's documented way
