"""The words of the meeting: its steps, when to stop, and what is kept to by whoever leads; in two languages."""

from collections.abc import Mapping

from commonground.partnership.guide import StepKind
from commonground.records.words import Words


def _words(english: str, french: str) -> Words:
    return Words({"en": english, "fr": french})


STEP_TITLES: Mapping[StepKind, Words] = {
    StepKind.OPENING: _words("Why we are here", "Pourquoi nous sommes ici"),
    StepKind.LOOK: _words("A quiet look", "Un regard en silence"),
    StepKind.SHARED: _words("What we share", "Ce que nous partageons"),
    StepKind.DIFFERENT: _words("Where we differ", "Là où nous différons"),
    StepKind.LOW: _words("What came last", "Ce qui est venu en dernier"),
    StepKind.AGREEMENT: _words("What we agree", "Ce dont nous convenons"),
    StepKind.CLOSING: _words("One word each", "Un mot chacun"),
}

STEP_GUIDES: Mapping[StepKind, Words] = {
    StepKind.OPENING: _words(
        "Say what the meeting is for. There is no right order. Anybody may pass. Say what is written down, and what is not.",
        "Dites à quoi sert la rencontre. Il n’y a pas de bon ordre. Chacun peut passer son tour. Dites ce qui est noté, et ce qui ne l’est pas.",
    ),
    StepKind.LOOK: _words(
        "Everybody reads the page in silence and writes down one thing that surprises them.",
        "Tout le monde lit la page en silence et note une chose qui l’étonne.",
    ),
    StepKind.SHARED: _words(
        "For each item: what would it look like here? Write down one thing people would do.",
        "Pour chaque élément\u00a0: à quoi cela ressemblerait-il ici\u00a0? Notez une chose que l’on ferait.",
    ),
    StepKind.DIFFERENT: _words(
        "Go round, those with the least power first. Ask for the experience behind a choice; nobody defends one. Look for a way that serves both.",
        "Faites un tour, en commençant par qui a le moins de pouvoir. Demandez le vécu derrière un choix\u00a0; personne n’a à le défendre. Cherchez ce qui sert les deux.",
    ),
    StepKind.LOW: _words(
        "Low does not mean unimportant. Ask: what will break if we leave this aside?",
        "Bas ne veut pas dire sans importance. Demandez\u00a0: qu’est-ce qui se brisera si nous laissons cela de côté\u00a0?",
    ),
    StepKind.AGREEMENT: _words(
        "Write down what was agreed, who does it and by when. Each says later, on their own, whether they agree.",
        "Notez ce qui est convenu, qui le fait et pour quand. Chacun dira plus tard, de son côté, s’il est d’accord.",
    ),
    StepKind.CLOSING: _words(
        "Each says one word. Then two questions without names: were you heard, and did you feel safe?",
        "Chacun dit un mot. Puis deux questions sans nom\u00a0: vous a-t-on entendu, et vous êtes-vous senti en sécurité\u00a0?",
    ),
}

STOP_RULES: tuple[Words, ...] = (
    _words(
        "Somebody tells more of themselves than they meant to.",
        "Une personne en dit plus sur elle-même qu’elle ne voulait.",
    ),
    _words("Somebody is distressed.", "Une personne est bouleversée."),
    _words("An item is used to rank people or groups.", "Un élément sert à classer des personnes ou des groupes."),
    _words(
        "One person does most of the talking, the lead included.",
        "Une personne parle presque tout le temps, y compris celle qui dirige.",
    ),
    _words("People guess who chose what.", "On devine qui a choisi quoi."),
)
"""Signs to pause at."""

WHEN_STOPPED = _words(
    "Pause. Go on in writing: each writes for two minutes, and the facilitator reads out what people allow. Nobody has to say why.",
    "Faites une pause. Continuez par écrit\u00a0: chacun écrit deux minutes, et la personne qui anime lit ce qu’on lui permet de lire. Personne n’a à se justifier.",
)

BEFORE: tuple[Words, ...] = (
    _words(
        "Is there somebody everybody depends on? Then let a person from outside lead the talk.",
        "Y a-t-il une personne dont tous dépendent\u00a0? Confiez alors l’animation à quelqu’un de l’extérieur.",
    ),
    _words("Everybody has seen the page a day before, alone.", "Chacun a vu la page la veille, de son côté."),
    _words(
        "Room, breaks, captions, pay and travel are settled.",
        "Le lieu, les pauses, les sous-titres, la rémunération et les déplacements sont réglés.",
    ),
)
"""What to see to before the meeting."""
