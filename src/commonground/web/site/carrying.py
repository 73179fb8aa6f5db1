"""A site's tables carried from PostgreSQL into files of SQLite, and from such files into PostgreSQL.

So a backup is the same file whatever database a site has, needs no program of PostgreSQL, and is also the way from one
database to the other. Rows are carried as they are, through the site's own models, at one moment.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonground.records.errors import Problem, RequestError
from commonground.web.databases import sqlite
from commonground.web.environment import CONTACTS_DATABASE_FILE, DATABASE_FILE

if TYPE_CHECKING:
    from django.db.models import Model

FILES = {"default": DATABASE_FILE, "contacts": CONTACTS_DATABASE_FILE}
AT_A_TIME = 1000


def on_servers() -> tuple[str, ...]:
    """Which of the two databases are on a server of PostgreSQL, by Django's names."""
    from django.conf import settings

    environment = settings.ENVIRONMENT
    urls = {"default": environment.database_url, "contacts": environment.contacts_database_url}
    return tuple(name for name, url in urls.items() if url)


def carry_out(data: Path, folder: Path) -> tuple[str, ...]:
    """Write both databases into files as they are at one moment, while others write; gives the files' names.

    Whoever writes contacts waits until those are copied; nobody who answers waits.
    """
    from django.db import connection

    from commonground.web.site.pairs import copy_file, held_file
    from commonground.web.snapshots import snapshot

    servers, contacts = on_servers(), data / CONTACTS_DATABASE_FILE
    _refuse_other_version(servers)
    with ExitStack() as moment:
        with held_contacts() if "contacts" in servers else held_file(contacts):
            moment.enter_context(snapshot())
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM django_migrations")  # from here on it sees this moment
            if "contacts" in servers:
                _fill(folder, "contacts")
            elif contacts.is_file():
                copy_file(contacts, folder / CONTACTS_DATABASE_FILE)
        if "default" in servers:
            _fill(folder, "default")
    if "default" not in servers:
        copy_file(data / DATABASE_FILE, folder / DATABASE_FILE)
    return tuple(name for name in FILES.values() if (folder / name).is_file())


def carry_in(folder: Path) -> None:
    """Move the tables of restored files into the databases on servers, and take those files away.

    Raises
    ------
    RequestError
        If the files are not of this version.
    """
    from django.core.management import call_command

    for name in on_servers():
        call_command("migrate", *(["contacts"] if name == "contacts" else []), database=name, verbosity=0)
        file = folder / FILES[name]
        if file.is_file():
            with _opened(file, name) as copy:
                _refuse_other_version((copy,), told=file.name)
                _carry(copy, name)
            file.unlink()


def refuse_used() -> None:
    """Refuse databases on servers in which there is a site already: a restore never overwrites.

    Raises
    ------
    RequestError
        If there is one.
    """
    from django.db import connections

    for name in on_servers():
        tables = set(connections[name].introspection.table_names())
        for model in _models(name):
            table = model._meta.db_table  # noqa: SLF001  # Django's documented way
            if table in tables and model._meta.app_label != "contenttypes" and _has_rows(name, model):  # noqa: SLF001  # Django’s own name for it
                what = "There is a site in this database already; a restore never overwrites."
                raise RequestError([Problem(what, str(connections[name].settings_dict["NAME"]), "Make an empty one.")])


@contextmanager
def held_contacts() -> Iterator[None]:
    """Nobody writes contacts in PostgreSQL meanwhile; see `contacts.actions`."""
    from django.db import connections, transaction

    with transaction.atomic(using="contacts"), connections["contacts"].cursor() as cursor:
        cursor.execute("LOCK TABLE contacts_keymark IN EXCLUSIVE MODE")
        yield


def _fill(folder: Path, name: str) -> None:
    """A file with the tables of a database and their rows."""
    from django.db import connections

    path = folder / FILES[name]
    with closing(sqlite3.connect(path)) as empty:
        empty.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    with _opened(path, name) as copy:
        with connections[copy].schema_editor() as editor:
            for model in (_migrations(), *_models(name)):
                if not model._meta.auto_created:  # noqa: SLF001  # made with the model it belongs to
                    editor.create_model(model)
        _carry(name, copy)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[str]:
    """A file as one of Django's databases for a while; gives its name."""
    from django.db import connections

    copy = f"{name}-copy"
    settings = connections.configure_settings({"default": sqlite(path, journal="DELETE")})
    connections.settings[copy] = settings["default"]
    try:
        yield copy
    finally:
        connections[copy].close()
        del connections[copy]
        del connections.settings[copy]


def _carry(source: str, target: str) -> None:
    """Every row of every table, all of them or none."""
    from django.core.management.color import no_style
    from django.db import connections, transaction

    connection, models = connections[target], _models(source)
    with transaction.atomic(using=target), connection.cursor() as cursor:
        is_new = not target.endswith("-copy")
        for model in reversed(models) if is_new else [_migrations()]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608, SLF001  # own names
        for model in models if is_new else [_migrations(), *models]:
            for rows in _rows(model, source, target):
                cursor.executemany(_insertion(model, target), rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _rows(model: "type[Model]", source: str, target: str) -> Iterator[list[list[Any]]]:
    """A table's rows as the other database takes them, some at a time."""
    from django.db import connections

    fields = model._meta.concrete_fields  # noqa: SLF001  # as above
    found = model._base_manager.using(source).order_by("pk").values_list(*(field.attname for field in fields))  # noqa: SLF001  # Django’s own name for it
    batch: list[list[Any]] = []
    for row in found.iterator(AT_A_TIME):
        values = zip(fields, row, strict=True)
        batch.append([field.get_db_prep_save(value, connections[target]) for field, value in values])
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _insertion(model: "type[Model]", target: str) -> str:
    from django.db import connections

    quoted = connections[target].ops.quote_name
    columns = [quoted(field.column) for field in model._meta.concrete_fields]  # noqa: SLF001  # as above
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608, SLF001  # names come from the models; Django’s own way to them


def _models(name: str) -> "list[type[Model]]":
    """The tables of a database, those that tie two others together included."""
    from django.apps import apps
    from django.db import router

    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one._meta.managed and not one._meta.proxy and router.allow_migrate_model(name, one)]  # noqa: SLF001  # Django’s own name for it


def _migrations() -> "type[Model]":
    """The table in which Django keeps which migrations were made."""
    from django.db.migrations.recorder import MigrationRecorder

    found: type[Model] = MigrationRecorder.Migration
    return found


def _has_rows(name: str, model: "type[Model]") -> bool:
    from django.contrib.auth.models import Permission

    return model is not Permission and model._base_manager.using(name).exists()  # noqa: SLF001  # as above


def _refuse_other_version(names: tuple[str, ...], *, told: str = "") -> None:
    """Rows are carried through this version's models, so the tables have to be of this version."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    for name in names:
        loader = MigrationLoader(connections[name])
        own = {key for key in loader.disk_migrations if (key[0] == "contacts") == name.startswith("contacts")}
        applied = {key for key in loader.applied_migrations if (key[0] == "contacts") == name.startswith("contacts")}
        if own != applied:
            mend = "Start it once with this version on SQLite, or on its old database, and back it up again."
            where = told or str(connections[name].settings_dict["NAME"])
            raise RequestError([Problem("The tables are of another version of Common Ground.", where, mend)])
