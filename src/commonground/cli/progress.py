"""A progress bar on standard error for anything that may take more than two seconds."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""


def _stay_quiet(done: int, total: int) -> None:
    """Without a terminal there is nobody to watch a bar."""


@contextmanager
def progress(words: str) -> Iterator[Advance]:
    """Show `words` and a bar while the block runs; yields the function to call with (done, total).

    The bar goes to standard error and disappears when the block ends. Where standard error is no terminal
    (a script, a log file) nothing is written.

    Examples
    --------
    >>> with progress("Resampling respondents") as advance:
    ...     for step in range(3):
    ...         advance(step + 1, 3)
    """
    if not sys.stderr.isatty():
        yield _stay_quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(words, total=None)

        def advance(done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total)

        yield advance
