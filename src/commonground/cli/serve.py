"""`commonground serve`: run a site on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit, say
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from rich.console import Console

    from commonground.web.site.addresses import Addresses

EXAMPLE = "Example: commonground serve --study study.yaml"
NEEDS_ARGUMENTS = False
FIRST_PORT = 8000

DataDirectory = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="COMMONGROUND_DATA",
        help="The data directory: everything a site holds is there.",
    ),
]


def run(
    data: DataDirectory = Path("commonground-data"),
    study: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A study document to add; one that is there already is kept.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help=f"Default: {FIRST_PORT}, or the next free one.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; the default is this machine only.")] = "127.0.0.1",
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer requests; about one a processor core.")
    ] = 1,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="Processes that make reports; 0 where another machine makes them.")
    ] = 1,
    as_json: JsonOption = False,
) -> None:
    """Run a site: the study's public link, the owner's pages and the job worker, until Ctrl-C."""
    from commonground.web.site import ports, preparing
    from commonground.web.site.processes import serve

    claimed = ports.choose_port(host, port or FIRST_PORT, may_move=port is None)
    preparing.set_up(data, url=f"http://localhost:{claimed.number}")
    preparing.migrate()
    from commonground.web.site import addresses, importing

    if study is not None:
        importing.add_study_once(study)
    if claimed.number != (port or FIRST_PORT):
        say(f"Port {port or FIRST_PORT} is in use, so this site takes {claimed.number}.")
    found = addresses.collect(data)
    serve(
        host,
        claimed.number,
        processes=processes,
        workers=workers,
        ready=lambda: announce(found, as_json=as_json),
    )


def announce(addresses: "Addresses", *, as_json: bool) -> None:
    """Print where everything is."""
    emit(
        {
            "data": str(addresses.data),
            "site": addresses.site,
            "first_run": addresses.first_run,
            "sign_in": addresses.sign_in,
            "studies": addresses.studies,
            "partnership": addresses.partnership,
            "partner_link": addresses.partner_link,
        },
        as_json=as_json,
        provenance=Provenance(package_version=__version__),
        words=lambda console: _print(addresses, console),
    )


def _print(addresses: "Addresses", console: "Console") -> None:
    def line(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True, markup=False)

    line(f"\nCommon Ground is running. Its data are in {addresses.data}.\n")
    line(f"  Site            {addresses.site}")
    if addresses.first_run:
        line(f"  First run       {addresses.first_run}")
        line("                  Open it to make the owner's account. It works until then, or until the next start.")
    if addresses.sign_in:
        line(f"  Sign in (once)  {addresses.sign_in}")
        line(f"                  or with {addresses.email} and the password {addresses.password}")
    for study in addresses.studies:
        line(f"\n  {study.title} ({study.kind} study{', closed' if study.public and not study.is_open else ''})")
        if study.public:
            line(f"    for participants  {study.public}")
        line(f"    for its owner     {study.owner}")
        if study.report:
            line(f"    its report        {study.report}")
    if addresses.partnership:
        line("\n  Less pain at blood tests (partnership)")
        line(f"    for who leads it  {addresses.partnership}")
        line(f"    for who joins it  {addresses.partner_link}")
    line("\nStop with Ctrl-C.")
