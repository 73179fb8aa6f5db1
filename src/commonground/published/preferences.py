"""A population that would answer as the published study's participants did, as far as published counts can tell.

Fitted by `simulation.calibrate.fit_sd` to the best and worst counts of Tables 4–6 (best first, then worst out of the
rest, on a design of 11 tasks of 5) and to the agreement between the two showings of the repeated task, 165 of 254
picks. The published study reports neither utilities nor how much people differ: these numbers are an inference, good
for a demonstration and for judging what chance does, and no result of the study.

One standard deviation serves all items and groups. Expected counts come within 2.6 standard errors of every published
count; the largest departures are those of `champ`, on which people differ more than one common SD allows. Expected
repeat shares are 41.8, 46.0 and 12.2 per cent where 42.5, 44.9 and 12.6 were observed.
"""

from types import MappingProxyType

from commonground.published.conduct import REPEATED_TASK
from commonground.published.tables import ITEMS
from commonground.simulation.population import Population

PERSON_TO_PERSON_SD = 2.286
"""Standard deviation of a person's utility around the group's mean, in logits."""

AGREEMENT_FITTED = (2 * REPEATED_TASK.answers["both the same"][0] + REPEATED_TASK.answers["one changed"][0]) / (
    2 * sum(people for people, _ in REPEATED_TASK.answers.values())
)
"""Share of single picks answered alike at both showings of the repeated task, over all groups: 165/254."""

MEAN_UTILITIES = MappingProxyType(
    {
        "HP": MappingProxyType(
            {
                "open": 2.297,
                "goal": 2.202,
                "res": 1.773,
                "fit": 1.229,
                "exp": 0.887,
                "lead": 0.173,
                "net": -0.887,
                "plan": -1.496,
                "know": -1.715,
                "champ": -1.604,
                "comm": -2.859,
            }
        ),
        "R": MappingProxyType(
            {
                "open": 1.601,
                "goal": 1.775,
                "res": 1.854,
                "fit": 2.997,
                "exp": 0.697,
                "lead": -0.979,
                "net": 0.669,
                "plan": -2.159,
                "know": -1.887,
                "champ": -0.743,
                "comm": -3.825,
            }
        ),
        "P": MappingProxyType(
            {
                "open": 3.381,
                "goal": 1.033,
                "res": 1.484,
                "fit": 0.133,
                "exp": 1.564,
                "lead": 0.395,
                "net": -0.181,
                "plan": -1.237,
                "know": -2.703,
                "champ": -2.722,
                "comm": -1.147,
            }
        ),
    }
)
"""Group means in logits, summing to zero in each group."""

PUBLISHED_LIKE = Population(
    ITEMS,
    {group: tuple(means[item] for item in ITEMS) for group, means in MEAN_UTILITIES.items()},
    PERSON_TO_PERSON_SD,
)
"""The fitted population."""
