"""Twenty-five pages: consent, five questions, an explanation, twelve tasks, five questions, thanks."""

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

NUMBERS = [f"before{one}" for one in range(5)] + [f"after{one}" for one in range(5)]
TASKS = range(1, 13)
ITEMS = [f"Item {one} of the eleven" for one in range(1, 12)]


class C(BaseConstants):
    NAME_IN_URL = "survey"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


def shown(task):
    """The five items of a task."""
    return [[(task + place) % 11, ITEMS[(task + place) % 11]] for place in (0, 2, 3, 7, 8)]


def fields():
    """The questions: a tick, ten numbers, and two marks for each task."""
    found = {"agree": models.BooleanField(widget=widgets.CheckboxInput, label="I agree.", initial=False)}
    for name in NUMBERS:
        found[name] = models.IntegerField(label=f"{name}?", min=0, max=120)
    for task in TASKS:
        for end in ("most", "least"):
            found[f"{end}{task}"] = models.IntegerField(choices=shown(task), widget=widgets.RadioSelect, label=end)
    return found


Player = type("Player", (BasePlayer,), {**fields(), "__module__": __name__})


def page(name, *asked):
    """A page that asks for these."""
    said = {"form_model": "player", "form_fields": list(asked), "template_name": "survey/Question.html"}
    return type(name, (Page,), {**said, "__module__": __name__})


class Thanks(Page):
    template_name = "survey/Thanks.html"


page_sequence = [
    page("Consent", "agree"),
    *(page(name.title(), name) for name in NUMBERS[:5]),
    page("Words"),
    *(page(f"Task{task}", f"most{task}", f"least{task}") for task in TASKS),
    *(page(name.title(), name) for name in NUMBERS[5:]),
    Thanks,
]
