"""A result to look at before anybody is asked: seven people who do not exist."""

from functools import cache

from commonground.partnership.own import score_answers
from commonground.partnership.publication import Person, Team
from commonground.partnership.publish import publish
from commonground.partnership.tasks import plan_tasks, tasks_of
from commonground.web.partnerships.results import Results, laid_out
from commonground.web.partnerships.starters import starter_items

ORDERS = (
    "open goal res comm exp fit lead net plan know champ",
    "open goal comm res exp lead net fit plan know champ",
    "goal open comm res exp net lead fit plan know champ",
    "open comm res goal exp lead fit net plan know champ",
    "open goal exp res fit lead net plan know champ comm",
    "goal open res fit exp lead net know plan champ comm",
    "open goal res net exp fit lead know plan champ comm",
)
"""What each of the seven prefers, first to last."""


@cache
def sample_results() -> Results:
    """The seven people's results; always the same."""
    items = tuple(item.id for item in starter_items())
    plan = plan_tasks(len(items))
    people = tuple(Person(f"p{number}", "", _scores(order.split(), number)) for number, order in enumerate(ORDERS))
    publication = publish(Team(items, plan.design, people), {}).publication
    return laid_out(publication, starter_items(), {})


def _scores(order: list[str], number: int) -> tuple[int, ...]:
    items = [item.id for item in starter_items()]
    rank = {item: place for place, item in enumerate(order)}
    tasks = [task for task in tasks_of(plan_tasks(len(items)), items, seed=number).tasks if not task.repeat_of]
    ordered = [sorted(task.items, key=rank.__getitem__) for task in tasks]
    return score_answers(items, [(shown[0], shown[-1]) for shown in ordered])
