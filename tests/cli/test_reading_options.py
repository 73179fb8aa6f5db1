"""The options every command reads its data with: --respondents, --only, --drop-invalid."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonground.cli.progress import progress
from commonground.cli.reading import read_data
from commonground.records.errors import DataError, RequestError

PEOPLE = "respondent,group,areas,status\nr,HP,x;y,complete\ns,R,y,started\nq,R,,declined\n"

Program = Callable[..., Any]


@pytest.fixture
def described(choices: Path) -> Path:
    choices.with_name("respondents.csv").write_text(PEOPLE)
    return choices


def test_respondents_beside_the_data_are_joined(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reading = read_data(described)
    assert reading.choices().covariates["group"] == ("HP", "R")
    assert reading.respondents is not None
    assert reading.respondents.respondents == ("r", "s", "q")
    assert "Respondents described by" in capsys.readouterr().err
    assert len(str(reading.settings["respondents_hash"])) == 64


def test_a_table_that_lacks_respondents_is_not_used_unless_named(
    described: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = described.with_name("respondents.csv")
    path.write_text("respondent,group\nr,HP\n")
    assert read_data(described).choices().covariates == {}
    assert "lacks 1 of the respondents (such as 's'), so it is not used." in capsys.readouterr().err
    with pytest.raises(DataError, match="there is no row for the respondent 's'"):
        read_data(described, respondents=path)


@pytest.mark.parametrize(
    ("only", "left"),
    [
        (["status=complete"], ("r",)),
        (["areas=y"], ("r", "s")),
        (["areas=x;y"], ("r",)),
        (["areas=y", "group=R"], ("s",)),
        (["respondent=s"], ("s",)),
    ],
)
def test_only_keeps_respondents(described: Path, only: list[str], left: tuple[str, ...]) -> None:
    reading = read_data(described, only=only)
    assert reading.choices().respondents == left
    assert reading.settings["only"] == only


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("group", "'group' is no choice of respondents. Write COLUMN=VALUE"),
        ("groups=R", "there is no column 'groups' that describes respondents. Did you mean 'group'?"),
        ("group=P", "nobody has group=P. Values of 'group' are: HP, R."),
    ],
)
def test_only_says_what_there_is(described: Path, only: str, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_data(described, only=[only])
    assert words in str(caught.value)


def test_dropped_rows_are_reported(commonground: Program, choices: Path) -> None:
    choices.write_text(choices.read_text() + "t,1,a,b,c,x,b\n")
    refused = commonground("count", choices)
    assert (refused.status, refused.out) == (1, "")
    assert "row 6, column best: 'x' is not among the shown items" in refused.err
    thinned = commonground("count", choices, "--drop-invalid", "--json")
    assert thinned.status == 0
    assert [one["row"] for one in thinned.json()["dropped"]] == [6]
    assert thinned.json()["provenance"]["settings"]["drop_invalid"] is True
    assert "1 row with mistakes left out." in thinned.err


def test_a_count_table_has_groups_but_no_respondents(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("group,item,best,worst\nHP,a,1,2\nHP,b,2,1\nR,a,1,1\nR,b,1,1\n")
    reading = read_data(path, only=["group=R"])
    assert reading.data.groups == ("R",)  # type: ignore[union-attr]  # a count table
    with pytest.raises(RequestError, match="a count table has none"):
        reading.choices()
    with pytest.raises(RequestError, match="a count table has no respondents"):
        read_data(path, respondents=path)
    with pytest.raises(RequestError, match="a count table has no column 'sex'"):
        read_data(path, only=["sex=f"])
    with pytest.raises(RequestError, match="nobody has group=P"):
        read_data(path, only=["group=P"])


def test_provenance_holds_what_changed_the_data(described: Path) -> None:
    reading = read_data(described, only=["group=R"])
    made = reading.provenance(seed=7, study_hash="abc", threshold=0.2)
    assert (made.seed, made.study_hash, made.data_hash) == (7, "abc", reading.hash)
    assert made.settings["only"] == ["group=R"]
    assert made.settings["threshold"] == 0.2


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Resampling") as advance:
        advance(1, 2)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress("Resampling") as advance:
        advance(1, 2)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Resampling" in printed.err
