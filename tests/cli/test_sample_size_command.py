"""`commonground sample-size`: what it prints, draws and refuses."""

from xml.etree import ElementTree as ET

import pytest

SMALL = ("--simulations", 20)
FANO = ("--items", 7, "--per-task", 3, *SMALL)


def test_json_holds_sizes_the_number_and_errors(commonground):
    found = commonground(
        "sample-size", *FANO, "--precision", 0.5, "--difference", 1.2, "--person-sd", 1, "--spread", 1, "--json"
    ).json()
    assert set(found["sizes"][0]) == {
        *("size", "total", "half_width_median", "half_width_most", "power", "power_interval"),
    }
    assert found["recommended"]["total"] == 2 * found["recommended"]["size"]
    assert len(found["errors"]) == 7
    assert (found["groups"], found["spread"], found["person_sd"]) == (2, 1, 1)
    assert "Ask" in found["words"][0]


def test_without_a_question_it_answers_the_usual_one(commonground):
    run = commonground("sample-size", *FANO)
    assert "intervals of ±0.5" in run.err
    assert "as fitted to the published study" in run.err
    assert "at most ±0.5 for 9 of 10 items" in " ".join(run.out.split())


def test_words_fit_a_terminal(commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("sample-size", *FANO, "--difference", 1.5)
    assert run.status == 0
    assert all(len(line) <= 80 for line in run.out.splitlines())


def test_a_study_brings_its_design_and_groups(commonground, tmp_path):
    assert commonground("new", tmp_path / "study").status == 0
    found = commonground("sample-size", tmp_path / "study", *SMALL, "--precision", 1, "--json").json()
    assert (found["items"], found["per_task"], found["groups"]) == (11, 5, 3)
    assert found["errors"][0]["item"] == "open"
    assert found["provenance"]["study_hash"]


def test_a_design_table_can_be_asked_about(commonground, tmp_path):
    table = tmp_path / "design.csv"
    assert commonground("design", "--items", 7, "--per-task", 3, "--out", table).status == 0
    found = commonground("sample-size", table, *SMALL, "--sizes", "30,60", "--precision", 0.9, "--json").json()
    assert [row["size"] for row in found["sizes"]] == [30, 60]
    assert found["sizes"][0]["power"] is None


def test_the_curve_is_drawn_and_its_numbers_stand_beside(commonground, tmp_path):
    drawn = tmp_path / "curve.svg"
    run = commonground("sample-size", *FANO, "--difference", 1.5, "--figure", drawn)
    assert "Curve written to" in run.err
    root = ET.fromstring(drawn.read_text(encoding="utf-8"))  # noqa: S314 – our own drawing
    names = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert "Ask" in names["title"]
    assert "The power rises from" in names["desc"]
    rows = (tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "size,total,half_width_median,half_width_most,power,power_low,power_high"
    assert len(rows) > 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Usage"),
        (("--precision", 0.5), "--items"),
        ((*FANO, "--precision", -1), "above 0"),
        ((*FANO, "--power", 0.9), "say which, such as --difference 1"),
        ((*FANO, "--precision", 0.5, "--power", 0.9), "say which"),
        ((*FANO, "--sizes", "many"), "whole numbers"),
        ((*FANO, "--sizes", "1,2"), "Sizes lie between"),
        ((*FANO, "--precision", 0.01), "more than are simulated"),
        ((*FANO, "--difference", 1, "--groups", 1), "two groups"),
        ((*FANO, "--figure", "curve.png"), "not as 'curve.png'"),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments, words, commonground):
    run = commonground("sample-size", *arguments)
    assert words in run.out + run.err
    assert run.status == 2


def test_a_difference_that_cannot_arise_is_the_designs_fault(commonground):
    run = commonground("sample-size", *FANO, "--difference", 9)
    assert (run.status, "cannot arise" in run.err) == (1, True)
