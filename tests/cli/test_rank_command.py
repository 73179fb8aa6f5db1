"""`commonground rank`: what it prints, and what it refuses."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty items, six shown to each of thirty people; the first ones matter more."""
    import numpy as np

    rng = np.random.default_rng(1)
    rows = ["respondent,task,item_1,item_2,item_3,best,worst"]
    for person in range(30):
        for task, shown in enumerate(rng.permutation(40)[:18].reshape(6, 3).tolist(), start=1):
            ordered = sorted(shown, key=lambda item: item + 8 * rng.gumbel())
            rows.append(f"r{person},{task},{','.join(map(str, shown))},{ordered[0]},{ordered[-1]}")
    path = tmp_path_factory.mktemp("rank") / "answers.csv"
    path.write_text("\n".join([*rows, ""]))
    return path


def test_json_holds_what_it_promises(answers, commonground):
    printed = commonground("rank", answers, "--top", 5, "--splits", 5, "--json").json()
    assert set(printed) == {*("format_version", "groups", "without_group", "messages", "dropped", "provenance", "run")}
    (found,) = printed["groups"]
    assert found["group"] == "all"
    assert set(found["items"][0]) == {
        *("item", "shown", "utility", "standard_error", "rank", "rank_interval", "joint_rank_interval"),
        "top_probability",
    }
    for item in found["items"]:
        (low, high), (first, last) = item["rank_interval"], item["joint_rank_interval"]
        assert first <= low <= item["rank"] <= high <= last
    assert set(found["reliability"]) == {"split_half", "spearman_brown", "interval", "splits"}
    assert (found["top"], found["respondents"], found["tasks"]) == (5, 30, 180)
    assert found["prior_sd"] > 0
    assert isinstance(found["messages"], list)
    assert printed["provenance"]["seed"] == 1
    assert sum(item["top_probability"] for item in found["items"]) == pytest.approx(5)


def test_groups_are_ranked_apart(answers, commonground, tmp_path):
    """Each as if it had been asked alone."""
    head, *rows = answers.read_text().splitlines()
    numbers = [int(row.split(",")[0][1:]) for row in rows]
    side = [("" if number == 29 else "late" if number > 14 else "early") for number in numbers]
    path = tmp_path / "grouped.csv"
    path.write_text("\n".join([f"{head},side", *(f"{row},{one}" for row, one in zip(rows, side, strict=True)), ""]))
    run = commonground("rank", path, "--by", "side", "--splits", 5, "--json")
    found = run.json()
    assert [(group["group"], group["respondents"]) for group in found["groups"]] == [("early", 15), ("late", 14)]
    assert found["without_group"] == 1
    assert "1 respondent without a value in 'side' left out." in run.err
    alone = commonground("rank", path, "--only", "side=late", "--splits", 5, "--json").json()["groups"][0]
    kept = {key: value for key, value in found["groups"][1].items() if key != "group"}
    assert kept == {key: value for key, value in alone.items() if key != "group"}
    words = commonground("rank", path, "--by", "side", "--splits", 5).out
    assert "side early: " in words
    assert "side late: " in words
    refused = commonground("rank", path, "--by", "age")
    assert (refused.status, "There is no column 'age'" in refused.err) == (1, True)


def test_words_fit_a_terminal(answers, commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("rank", answers, "--top", 3, "--splits", 5)
    assert run.status == 0
    assert "Split-half reliability" in run.out
    assert "… and 37 more" in run.out
    assert all(len(line) <= 80 for line in run.out.splitlines())


def test_the_same_seed_prints_the_same(answers, commonground):
    one, two, other = (
        commonground("rank", answers, "--splits", 5, "--seed", seed, "--json").json() for seed in (3, 3, 4)
    )
    assert one["groups"] == two["groups"]
    assert one["groups"] != other["groups"]


def test_wrong_settings_and_missing_data_are_refused(answers, commonground, tmp_path):
    refused = commonground("rank", answers, "--prior-sd", -1)
    assert (refused.status, "above 0" in refused.err) == (2, True)
    counts = tmp_path / "counts.csv"
    counts.write_text("item,best,worst\na,1,2\nb,2,1\n")
    refused = commonground("rank", counts)
    assert (refused.status, "a count table has none" in refused.err) == (1, True)


def test_without_splits_nothing_is_said_of_reliability(answers, commonground):
    run = commonground("rank", answers, "--splits", 0)
    assert "Split-half reliability: not known." in run.out
    assert "Reliability cannot be told" not in run.err
