"""This project beside others: the same file, process against process, and whether the answers agree."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from environments import PEERS, Environment, Missing, python_with, r_with
from processes import Run, own, run
from tables import write_answers, write_many

from commonground.analysis.hierarchical.diagnostics import ess_bulk, rhat

PEER_SECONDS = 120
"""Of processor time; a peer that takes more is ended, and the page says so."""


@dataclass(frozen=True)
class Row:
    """One program at one task.

    Parameters
    ----------
    task, program : str
    cost : Run or None
        None where the program is not there or failed.
    agrees : float or None
        The largest difference from this project's utilities, in logits, each set summing to zero.
    draws, rhat : float or None
        Effective draws of the population means (the fewest of any item), and the largest R-hat.
    note : str
    """

    task: str
    program: str
    cost: Run | None
    agrees: float | None = None
    draws: float | None = None
    rhat: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Peer:
    """Another program and the script that makes it do our task."""

    where: Environment | Missing
    name: str
    script: str
    arguments: tuple[str, ...] = ()

    def start(self, data: Path, *more: str) -> Run:
        """One run on a file."""
        assert isinstance(self.where, Environment)
        command = [self.where.interpreter, PEERS / self.script, data, *more, *self.arguments]
        return run(command, data.parent, most_seconds=PEER_SECONDS)

    @property
    def title(self) -> str:
        """What the page calls it."""
        return self.where.version if isinstance(self.where, Environment) else self.name


def fits(folder: Path, people: int, *, install: bool) -> Iterator[Row]:
    """Logit models fitted to everybody, from the file to the printed result."""
    data = write_answers(folder / "fits.csv", people)
    clogit, xlogit = r_with("survival"), python_with("xlogit", "pandas", install=install)
    biogeme = python_with("biogeme", install=install)
    peers = {
        "sequential": (
            Peer(clogit, "R survival", "clogit.R", ("sequential",)),
            Peer(xlogit, "xlogit", "xlogit_fit.py"),
            Peer(biogeme, "biogeme", "biogeme_fit.py"),
        ),
        "maxdiff": (Peer(clogit, "R survival", "clogit.R", ("maxdiff",)),),
    }
    for model, others in peers.items():
        task = f"{model}, {people:,} respondents"
        found = own(folder, f"fit {data.name} --model {model} --json")
        ours = {one["item"]: one["utility"] for one in json.loads(found.output)["models"][0]["items"]}
        yield Row(task, "commonground", found, agrees=0.0)
        for peer in others:
            yield _with_utilities(task, peer, data, ours)


def ranks(folder: Path, items: int, people: int, *, install: bool) -> Iterator[Row]:
    """Many items, each in a few tasks."""
    data = write_many(folder / "many.csv", items=items, people=people)
    task = f"ranks of {items} items, {people} respondents"
    found = own(folder, f"rank {data.name} --json")
    yield Row(task, "commonground", found, note="with intervals and split halves")
    choix = Peer(python_with("choix", install=install), "choix", "choix_rank.py")
    yield _with_utilities(task, choix, data, None, "no intervals; other likelihood (pairs)")


def hierarchical(folder: Path, people: int, *, install: bool, seconds: int) -> Iterator[Row]:
    """Hierarchical Bayes: effective draws of the population means for a second of processor time."""
    data = write_answers(folder / f"hierarchical_{people}.csv", people)
    task = f"hierarchical Bayes, {people:,} respondents"
    found = own(folder, f"fit {data.name} --model hb --no-sensitivity --draws 1000 --json")
    result = json.loads(found.output)
    population, judged = result["population"], result["diagnostics"]
    fewest, largest = min(one["ess_bulk"] for one in population), max(one["rhat"] for one in population)
    note = "converged, all parameters" if judged["converged"] else f"R-hat of all parameters {judged['max_rhat']:.3f}"
    yield Row(task, "commonground", found, draws=fewest, rhat=largest, note=note)
    few = people > 500
    numpyro = python_with("numpyro", install=install)
    maxdiff = python_with("maxdiff[hb]", install=install)
    for peer, note in (
        (Peer(maxdiff, "maxdiff", "maxdiff_hb.py", ("400" if few else "1000",)), "one spread for all items"),
        (Peer(numpyro, "NumPyro", "numpyro_hb.py", ("200" if few else "500",)), "full covariance"),
        (Peer(r_with("bayesm"), "R bayesm", "bayesm_hb.R", ("4000" if few else "20000",)), "full covariance"),
    ):
        yield _with_draws(task, peer, data, note, seconds)


def _with_utilities(task: str, peer: Peer, data: Path, ours: dict[str, float] | None, note: str = "") -> Row:
    if isinstance(peer.where, Missing):
        return Row(task, peer.title, None, note=peer.where.reason)
    found = peer.start(data)
    if found.status:
        return Row(task, peer.title, None, note=f"failed: {found.reason}")
    theirs = json.loads(found.output.splitlines()[-1])["utilities"]
    return Row(task, peer.title, found, agrees=_largest_difference(ours, theirs) if ours else None, note=note)


def _largest_difference(ours: dict[str, float], theirs: dict[str, float]) -> float:
    """Between two sets of utilities, each summing to zero."""
    one, other = (np.array([utilities[item] for item in sorted(ours)]) for utilities in (ours, theirs))
    return float(np.abs((one - one.mean()) - (other - other.mean())).max())


def _with_draws(task: str, peer: Peer, data: Path, note: str, seconds: int) -> Row:
    if isinstance(peer.where, Missing):
        return Row(task, peer.title, None, note=peer.where.reason)
    drawn = data.with_name("draws.csv")
    command = [peer.where.interpreter, PEERS / peer.script, data, drawn, *peer.arguments]
    found = run(command, data.parent, most_seconds=seconds)
    if found.status:
        return Row(task, peer.title, None, note=f"failed: {found.reason}")
    means = read_draws(drawn)
    return Row(task, peer.title, found, draws=float(ess_bulk(means).min()), rhat=float(rhat(means).max()), note=note)


def read_draws(path: Path) -> np.ndarray:
    """Draws of the population means as (chains, draws, items); every chain has as many."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))[1:]
    chains = len({row[0] for row in rows})
    return np.array([[float(cell) for cell in row[1:]] for row in rows]).reshape(chains, len(rows) // chains, -1)
