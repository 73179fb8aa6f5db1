"""`commonground demo`: a site to look at, with a living study and the published one."""

from pathlib import Path
from typing import Annotated

import typer

from commonground.cli.output import JsonOption, say
from commonground.cli.progress import progress
from commonground.cli.serve import FIRST_PORT, announce

EXAMPLE = "Example: commonground demo"
NEEDS_ARGUMENTS = False
HOST = "127.0.0.1"
"""Only this machine: the demo prints a sign-in link, so nobody else may reach it."""


def run(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Where the demo keeps its data.")] = Path(".demo"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="If it is in use, the next free one.")] = FIRST_PORT,
    as_json: JsonOption = False,
) -> None:
    """Run a demo site on this machine: a study answered by simulated people, open for you, and the published one."""
    from commonground.web.site import ports, preparing, processes

    claimed = ports.choose_port(HOST, port, may_move=True)
    is_new = not data.exists()
    preparing.set_up(data, url=f"http://localhost:{claimed.number}", is_demo=True)
    with progress("Preparing the demo") as advance:
        preparing.migrate()
        from commonground.web.site import addresses, demo

        owner = demo.fill(data, progress=advance)
    found = demo.add_to(addresses.collect(data), owner, data)
    if claimed.number != port:
        say(f"Port {port} is in use, so the demo takes {claimed.number}.")
    if not is_new:
        say(f"The demo keeps what was answered before. To begin anew: make demo-reset, or delete {data}.")
    processes.serve(HOST, claimed.number, ready=lambda: announce(found, as_json=as_json))
