"""A simulated study goes the way a real one goes."""

from collections import Counter

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.published.participants import FLOW, answer_shares
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.records.errors import RequestError
from commonground.records.sessions import Status
from commonground.simulation.fielding import Flow, shared_out, simulate_study
from commonground.simulation.population import Population, drawn_population
from commonground.survey.eligibility import Eligible, decide
from commonground.survey.flow import next_page, tasks_done


@pytest.fixture(scope="module")
def study():
    return parse_study(template_text("partner-priorities")).study


@pytest.fixture(scope="module")
def design():
    return build_design(11, 5, repeat=True)


@pytest.fixture(scope="module")
def simulated(study, design):
    return simulate_study(study, design, PUBLISHED_LIKE, FLOW, seed=1, shares=answer_shares(study))


def test_the_flow_is_the_published_one(simulated):
    statuses = Counter(session.status for session in simulated.sessions)
    assert sum(statuses.values()) == 208
    assert statuses[Status.COMPLETE] + statuses[Status.STARTED] == 152
    assert statuses[Status.COMPLETE] == 127
    complete = Counter(session.group for session in simulated.sessions if session.status is Status.COMPLETE)
    assert complete == {"HP": 64, "R": 32, "P": 31}
    stopped = Counter(session.group for session in simulated.sessions if session.status is Status.STARTED)
    assert stopped == {"HP": 11, "R": 6, "P": 8}


def test_every_session_stands_where_the_survey_would_have_it(study, simulated):
    """The survey's own flow agrees with each simulated session: nothing asked is missing, nothing else is there."""
    expected = {
        Status.COMPLETE: "thanks",
        Status.STARTED: "task",
        Status.ELIGIBLE: "words",
        Status.INELIGIBLE: "ineligible",
        Status.CONSENTED: "background",
    }
    for session in simulated.sessions:
        assert next_page(study, session).kind == expected[session.status]
        assert tasks_done(session) == (session.status is Status.COMPLETE)
        assert (session.reason != "") == (session.status is Status.INELIGIBLE)
        if session.group:
            assert decide(study, session.answers) == Eligible(session.group)


def test_tables_and_sessions_tell_the_same(simulated):
    assert len(simulated.respondents.respondents) == 208
    assert len(simulated.choices.respondents) == 152
    assert simulated.choices.repeats.size >= 127
    complete = np.array(simulated.choices.covariates["status"]) == "complete"
    assert simulated.choices.keep(complete).scored.size == 127 * 11
    assert set(simulated.utilities) == set(simulated.choices.respondents)


def test_answers_look_like_the_published_ones(simulated):
    """Shares of a question with few options, within four standard errors of Table 2."""
    group, gender = simulated.respondents.values("group"), simulated.respondents.values("gender")
    nurses = simulated.respondents.values("profession")
    women = [gender[place] == "cis-woman" for place in range(208) if group[place] == "HP" and gender[place]]
    assert np.mean(women) == pytest.approx(0.813, abs=4 * np.sqrt(0.813 * 0.187 / len(women)))
    assert {who for who, what in zip(group, nurses, strict=True) if what} == {"HP"}
    seconds = [session.seconds for session in simulated.sessions if session.status is Status.COMPLETE]
    assert 10 < np.median(seconds) / 60 < 30


def test_the_same_seed_gives_the_same_study(study, design, simulated):
    again = simulate_study(study, design, PUBLISHED_LIKE, FLOW, seed=1, shares=answer_shares(study))
    assert again.sessions == simulated.sessions
    other = simulate_study(study, design, PUBLISHED_LIKE, FLOW, seed=2)
    assert other.sessions != simulated.sessions


def test_any_study_can_be_simulated_without_knowing_its_answers():
    study = parse_study(template_text("blank")).study
    items, groups = [item.id for item in study.items], [group.id for group in study.groups]
    population = drawn_population(items, groups, sd=1.0, rng=np.random.default_rng(1))
    design = build_design(len(items), study.design.per_task)
    flow = Flow(dict.fromkeys(groups, 4), dict.fromkeys(groups, 1), undecided=1)
    done = simulate_study(study, design, population, flow, seed=3)
    assert all(
        next_page(study, session).kind == "thanks" for session in done.sessions if session.status is Status.COMPLETE
    )


def test_a_population_that_does_not_fit_is_refused(study, design):
    flow = Flow({"HP": 2})
    with pytest.raises(RequestError, match="items are not the study's"):
        simulate_study(study, design, Population(("a",), {"HP": (0.0,)}, 1.0), flow, seed=1)
    strangers = Population(PUBLISHED_LIKE.items, {"X": PUBLISHED_LIKE.means["HP"]}, 1.0)
    with pytest.raises(RequestError, match="population does not know the group 'HP'"):
        simulate_study(study, design, strangers, flow, seed=1)
    with pytest.raises(RequestError, match="study does not know the group 'X'"):
        simulate_study(study, design, strangers, Flow({"X": 2}), seed=1)


def test_nobody_can_be_turned_away_where_everybody_may_take_part(study, design):
    open_to_all = study.model_copy(update={"eligibility": ()})
    with pytest.raises(RequestError, match="make a person ineligible"):
        simulate_study(open_to_all, design, PUBLISHED_LIKE, Flow({"HP": 1}, ineligible=1), seed=1)


@pytest.mark.parametrize(
    ("weights", "message"),
    [({"means": {"a": (0.0, 1.0)}, "sd": 1.0}, "2 means for 1 items"), ({"means": {}, "sd": -1.0}, "negative")],
)
def test_a_population_must_make_sense(weights, message):
    with pytest.raises(ValueError, match=message):
        Population(("x",), **weights)


def test_people_are_shared_out_whole():
    assert shared_out(10, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 4, "b": 3, "c": 3}
