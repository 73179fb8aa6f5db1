"""`commonground backup`: copy everything a site holds into one file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit
from commonground.cli.serve import DataDirectory
from commonground.records.provenance import Provenance

EXAMPLE = "Example: commonground backup monday.zip --data commonground-data"
NEEDS_ARGUMENTS = True


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there yet.")],
    data: DataDirectory = Path("commonground-data"),
    as_json: JsonOption = False,
) -> None:
    """Copy a site's databases, reports and secret key into one file, also while the site is running."""
    from commonground.web.site.copies import back_up

    manifest = back_up(data, file, now=datetime.now(UTC))
    emit(
        {
            "file": str(file),
            "data": str(data),
            "made_at": manifest.made_at,
            "databases": manifest.databases,
            "files": manifest.files,
        },
        as_json=as_json,
        provenance=Provenance(package_version=__version__),
        words=lambda console: console.print(
            f"{file} holds {len(manifest.files)} files ({manifest.bytes / 1e6:.1f} MB) of {data}.\n"
            "It contains answers and the site's secret key: keep it as safe as the site.\n"
            f"The key of contact details is not in it. Keep a copy of {data / 'contacts-key'} in another place.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        ),
    )
