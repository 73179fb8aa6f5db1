"""`commonground restore`: make a site from a backup."""

from pathlib import Path
from typing import Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit
from commonground.cli.serve import DataDirectory
from commonground.records.provenance import Provenance

EXAMPLE = "Example: commonground restore monday.zip --data restored"
NEEDS_ARGUMENTS = True


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `commonground backup` wrote.")],
    data: DataDirectory = Path("commonground-data"),
    as_json: JsonOption = False,
) -> None:
    """Check a backup and unpack it into an empty data directory; nothing is ever overwritten."""
    from commonground.web.site.copies import restore
    from commonground.web.site.pairs import misses_contacts_key

    manifest = restore(file, data)
    key_missing = misses_contacts_key(data)
    key_words = f"\nPut back the key of contact details first: {data / 'contacts-key'}" if key_missing else ""
    emit(
        {
            "file": str(file),
            "data": str(data),
            "made_at": manifest.made_at,
            "made_by": manifest.package_version,
            "databases": manifest.databases,
            "contacts_key_missing": key_missing,
            "files": manifest.files,
        },
        as_json=as_json,
        provenance=Provenance(package_version=__version__),
        words=lambda console: console.print(
            f"{data} is as it was on {manifest.made_at}: {len(manifest.files)} files, every one checked."
            f"{key_words}\nStart it with: commonground serve --data {data}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        ),
    )
