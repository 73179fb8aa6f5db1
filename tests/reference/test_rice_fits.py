"""Fits to real answers against R: survival (clogit) and flipMaxDiff, plain and clustered, pooled and by group."""

import json
from pathlib import Path
from typing import Any

import pytest

from commonground.analysis.logit.fit import fit
from commonground.analysis.logit.records import ModelFit
from commonground.files.choices import read_choices
from commonground.records.choices import ChoiceData

LOG_LIKELIHOOD = 1e-6
ESTIMATE = 1e-4


@pytest.fixture(scope="module")
def reference(rice_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((rice_data / "reference.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def answers(rice_data: Path) -> ChoiceData:
    return read_choices(rice_data / "responses.csv").data


def agree(found: ModelFit, column: str, theirs: dict[str, float]) -> None:
    assert {item.item for item in found.items} == set(theirs)
    for item in found.items:
        assert getattr(item, column) == pytest.approx(theirs[item.item], abs=ESTIMATE), item.item


@pytest.mark.parametrize("model", ["maxdiff", "marginal", "sequential"])
def test_everybody_together_is_as_in_r(model: str, answers: ChoiceData, reference: dict[str, Any]) -> None:
    theirs, found = reference["models"][model], fit(answers, model=model).models[0]
    assert found.converged
    assert (found.choices, found.respondents) == (theirs["n_choices"], reference["n_respondents"])
    assert found.log_likelihood == pytest.approx(theirs["logLik"], abs=LOG_LIKELIHOOD)
    assert found.null_log_likelihood == pytest.approx(theirs["logLik_null"], abs=LOG_LIKELIHOOD)
    assert found.aic == pytest.approx(theirs["AIC"], abs=LOG_LIKELIHOOD)
    assert found.mcfadden_r2 == pytest.approx(theirs["mcfadden_R2"], abs=LOG_LIKELIHOOD)
    agree(found, "utility", theirs["coef_centered"])
    agree(found, "standard_error", theirs["se_centered"])
    agree(found, "robust_standard_error", theirs["se_centered_cluster"])
    agree(found, "share", theirs["share"])


@pytest.mark.parametrize("model", ["maxdiff", "marginal", "sequential"])
def test_relative_to_an_item_it_is_as_in_r(model: str, answers: ChoiceData, reference: dict[str, Any]) -> None:
    theirs = reference["models"][model]
    found = fit(answers, model=model, reference=theirs["reference"]).models[0]
    agree(found, "utility", theirs["coef_ref"])
    agree(found, "standard_error", theirs["se_ref"])
    agree(found, "robust_standard_error", theirs["se_ref_cluster"])


def test_the_ranking_is_as_in_flipmaxdiff(answers: ChoiceData, reference: dict[str, Any]) -> None:
    """Their rank-ordered logit with ties gives its log-likelihood and coefficients; its optimiser is a looser one."""
    theirs = reference["flipmaxdiff"]["rank_ordered_logit_ties"]
    found = fit(answers, model="rank", reference=reference["items"][0]).models[0]
    assert found.log_likelihood == pytest.approx(theirs["logLik"], abs=LOG_LIKELIHOOD * 10)
    assert found.log_likelihood >= theirs["logLik"]
    agree(found, "utility", theirs["coef_ref_first"])
    agree(found, "share", theirs["share"])


@pytest.mark.parametrize("column", ["chem", "age"])
def test_groups_and_their_test_are_as_in_r(column: str, answers: ChoiceData, reference: dict[str, Any]) -> None:
    groups = dict(reference["groups"][column])
    test = groups.pop("lr_test")
    found = fit(answers, by=column, permutations=99)
    assert [one.group for one in found.models] == sorted(groups)
    for one in found.models:
        theirs = groups[one.group]
        assert one.respondents == theirs["n_respondents"]
        assert one.log_likelihood == pytest.approx(theirs["sequential"]["logLik"], abs=LOG_LIKELIHOOD)
        agree(one, "utility", theirs["sequential"]["coef_centered"])
        agree(one, "standard_error", theirs["sequential"]["se_centered"])
    ours = found.group_tests
    assert ours
    assert ours.equal_utilities
    assert ours.log_likelihood_pooled == pytest.approx(test["logLik_pooled"], abs=LOG_LIKELIHOOD)
    assert ours.log_likelihood_groups == pytest.approx(test["logLik_groups"], abs=LOG_LIKELIHOOD)
    assert (ours.equal_utilities.statistic, ours.equal_utilities.df) == (pytest.approx(test["chi2"]), test["df"])
    assert ours.equal_utilities.plain_p == pytest.approx(test["p"], rel=1e-6)
    assert ours.equal_utilities.permuted_p
    assert ours.equal_utilities.permuted_p > 0.01, "people answer seven tasks and differ: chance reaches this often"
