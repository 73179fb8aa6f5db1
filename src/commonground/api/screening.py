"""Signs about the answers to a study."""

from commonground.analysis.quality.quality import quality
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study
from commonground.screening.cases import cases_of_tables
from commonground.screening.records import Screening
from commonground.screening.screen import screen as find_signs

SIMULATIONS = 2000


def screen(
    study: Study,
    data: ChoiceData,
    respondents: RespondentTable | None = None,
    *,
    simulations: int = SIMULATIONS,
    seed: int = 1,
) -> Screening:
    """Find signs that an answer may not be genuine, by the rules of a study. Flags, never drops.

    Parameters
    ----------
    study : Study
    data : ChoiceData
    respondents : RespondentTable, optional
        For the total time, texts and answers that do not fit; without it those signs are not looked for.
    simulations : int
        Simulated respondents behind every limit.
    seed : int

    Returns
    -------
    Screening
    """
    found = quality(
        data,
        seed=seed,
        simulations=simulations,
        random_quantile=study.screening.random_quantile,
        straight_line_chance=study.screening.straight_line_chance,
    )
    return find_signs(study.screening, cases_of_tables(study, data, respondents), found)
