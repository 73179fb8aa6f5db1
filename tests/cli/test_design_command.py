"""`commonground design`, as people and scripts run it."""

import csv
import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("commonground")


def program(*arguments):
    return subprocess.run(
        [str(PROGRAM), "design", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answer(*arguments):
    result = program(*arguments, "--json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_published_design():
    found = answer("--items", 11, "--per-task", 5, "--repeat")
    assert found["balanced"] is True
    assert found["appearances"] == {"min": 5, "max": 5}
    assert found["co_appearances"] == {"min": 2, "max": 2}
    assert found["positions"] == {"min": 1, "max": 1}
    assert found["connected"] is True
    assert found["efficiency"] == 1.0
    (tasks,) = found["blocks"]
    assert len(tasks) == found["tasks"] == 11
    assert Counter(item for task in tasks for item in task) == dict.fromkeys(range(1, 12), 5)
    pairs = Counter(pair for task in tasks for pair in combinations(sorted(task), 2))
    assert set(pairs.values()) == {2}
    assert len(pairs) == 55
    assert all(sorted(column) == list(range(1, 12)) for column in zip(*tasks, strict=True))
    (repeated,) = found["repeats"]
    assert 1 <= repeated <= 11


def test_six_per_task_gives_the_complement():
    found = answer("--items", 11, "--per-task", 6)
    assert (found["tasks"], found["appearances"]["min"], found["co_appearances"]["max"]) == (11, 6, 3)
    assert found["positions"] == {"min": 1, "max": 1}


def test_the_same_request_gives_the_same_bytes_but_for_the_clock():
    first, second = (answer("--items", 15, "--per-task", 5, "--tasks", 12, "--seed", 4) for _ in range(2))
    first.pop("run")
    second.pop("run")
    assert first == second
    assert first["balanced"] is False
    assert any("No balanced design" in sentence for sentence in first["words"])


def test_people_get_sentences_and_a_matrix():
    result = program("--items", 7, "--per-task", 3, "--repeat")
    assert result.returncode == 0
    assert "7 tasks of 3. Everyone sees every item 3 times and every pair once." in result.stdout
    assert "Shown a second time and never scored" in result.stdout
    assert result.stderr == ""


def test_the_design_table_is_written(tmp_path):
    path = tmp_path / "design.csv"
    found = answer("--items", 9, "--per-task", 3, "--versions", 2, "--out", path)
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["version", "task", "item_1", "item_2", "item_3"]
    written = [[int(row[f"item_{place}"]) for place in (1, 2, 3)] for row in rows]
    assert written == [task for version in found["blocks"] for task in version]


def test_the_list_of_balanced_designs():
    found = answer("--items", 11, "--list")
    offers = {(design["per_task"], design["tasks"]) for design in found["designs"]}
    assert {(5, 11), (6, 11), (3, 55), (2, 55)} <= offers
    assert (4, 11) not in offers
    assert {design["per_task"] for design in answer("--items", 11, "--per-task", 5, "--list")["designs"]} == {5}
    printed = program("--items", 11, "--list")
    assert printed.returncode == 0
    assert "Paley" in printed.stdout
    none = program("--items", 33, "--list")
    assert none.returncode == 0
    assert "no such balanced design" in none.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--items", 4, "--per-task", 9), 2, "Show fewer per task"),
        (("--items", 4, "--per-task", 2, "--tasks", 0), 2, "at least 1 task"),
        (("--items", 4, "--per-task", 2, "--out", "no-folder/design.csv"), 1, "Make the folder 'no-folder' first"),
        (("--items", 4, "--per-task", 2, "--out", "design.xlsx"), 2, "design.csv"),
        (("--items", 11), 2, "--per-task"),
        (("--per-task", 3), 2, "--items"),
        (("--items", 6, "--per-task", 3, "--prohibit", "1,9"), 2, "does not name two items"),
        (("--items", 6, "--per-task", 3, "--prohibit", "1-2"), 2, "with a comma between them (1 to 6)"),
        (
            ("--items", 5, "--per-task", 4, "--prohibit", "1,2", "--prohibit", "1,3"),
            2,
            "Item 1 may stand with 2 others",
        ),
        (("--items", 8, "--per-task", 4, "--prohibit", "1,2", "--prohibit", "1,3", "--prohibit", "2,3"), 2, "apart: 1"),
        (("--audit", "nowhere.csv"), 1, "there is no such file"),
        (("--audit", "nowhere.csv", "--items", 3), 2, "the file says how many"),
        (("--items", "many", "--per-task", 3), 2, "--items"),
    ],
)
def test_mistakes_are_explained(arguments, status, words):
    result = program(*arguments)
    assert result.returncode == status
    assert words in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_prohibited_pairs_never_stand_together():
    found = answer("--items", 9, "--per-task", 3, "--prohibit", "1,2", "--prohibit", "9,4", "--versions", 3)
    assert found["prohibited"] == [[1, 2], [9, 4]]
    assert found["prohibited_together"] == []
    assert found["balanced"] is False
    tasks = [set(task) for version in found["blocks"] for task in version]
    assert not any(task >= {1, 2} or task >= {4, 9} for task in tasks)
    assert any("2 pairs are kept apart as asked" in sentence for sentence in found["words"])


def test_a_design_made_elsewhere_is_audited_the_same_way(tmp_path):
    own = tmp_path / "design.csv"
    built = answer("--items", 11, "--per-task", 5, "--repeat", "--out", own)
    found = answer("--audit", own)
    given = {"source", "provenance", "run", "item_ids"}
    assert {key: value for key, value in found.items() if key not in given} == {
        key: value for key, value in built.items() if key not in given
    }
    assert found["item_ids"] == [str(number) for number in range(1, 12)]


def test_an_export_of_another_program_is_understood(tmp_path):
    path, out = tmp_path / "export.csv", tmp_path / "ours.csv"
    path.write_text('Version,Set,Item1,Item2,Item3\n1,1,Trust,"Time, money",Goals\n1,2,Goals,Trust,\n', "utf-8")
    result = program("--audit", path, "--prohibit", "Time, money,Trust", "--out", out, "--json")
    found = json.loads(result.stdout)
    assert "read 'Version' as version, 'Set' as task" in result.stderr
    assert found["item_ids"] == ["Goals", "Time, money", "Trust"]
    assert found["blocks"] == [[[3, 2, 1], [1, 3]]]
    assert found["prohibited_together"] == [[2, 3]]
    assert (found["status"], found["tasks"]) == ("usable with a warning", 2)
    assert "were to be kept apart: 2 and 3" in found["reason"]
    assert out.read_text(encoding="utf-8").splitlines()[1] == '1,1,Trust,"Time, money",Goals'


def test_of_many_versions_the_first_are_printed():
    result = program("--items", 9, "--per-task", 4, "--tasks", 7, "--versions", 6)
    assert result.stdout.count("Version ") == 3
    assert "All 6 versions are written with --out." in result.stdout


def test_help_has_an_example():
    result = program("--help")
    assert result.returncode == 0
    assert "commonground design --items 11 --per-task 5" in " ".join(result.stdout.split())


def test_a_balanced_design_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['commonground', 'design', '--items', '31', '--per-task', '6', '--json'];"
        "from commonground.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'scipy', 'polars', 'pandas', 'django', 'altair'} & set(sys.modules); assert not heavy, heavy"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stderr
