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
    found = commonground("rank", answers, "--top", 5, "--splits", 5, "--json").json()
    assert set(found["items"][0]) == {
        *("item", "shown", "utility", "standard_error", "rank", "rank_interval", "top_probability"),
    }
    assert set(found["reliability"]) == {"split_half", "spearman_brown", "interval", "splits"}
    assert (found["top"], found["respondents"], found["tasks"]) == (5, 30, 180)
    assert found["prior_sd"] > 0
    assert isinstance(found["messages"], list)
    assert found["provenance"]["seed"] == 1
    assert sum(item["top_probability"] for item in found["items"]) == pytest.approx(5)


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
    assert one["items"] == two["items"]
    assert one["items"] != other["items"]


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
