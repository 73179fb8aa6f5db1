"""Tables written in a line or two."""

from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = "respondent,task,item_1,item_2,item_3,best,worst"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a choice table: its rows, perhaps with more columns, and get the path."""

    def write(*rows: str, more: str = "", header: str = HEADER, name: str = "answers.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header + (f",{more}" if more else ""), *rows]) + "\n", encoding="utf-8")
        return path

    return write
