"""The starter list: the eleven items of the published study, in plain words of our own, English and French.

The definitions are those of the study template (`files/templates/partner-priorities.yaml`), but for one that speaks of
knowledge mobilization there; a test compares them.
"""

from commonground.records.study import Item
from commonground.records.words import Words


def _item(key: str, label: tuple[str, str], definition: tuple[str, str]) -> Item:
    return Item(id=key, label=_words(label), short_label=_words(label), definition=_words(definition))


def _words(texts: tuple[str, str]) -> Words:
    return Words({"en": texts[0], "fr": texts[1]})


STARTER: tuple[Item, ...] = (
    _item(
        "open",
        ("Openness and respect", "Ouverture et respect"),
        (
            "People on the team trust each other. They feel safe enough to say what they think and what they have lived through, and they are taken seriously when they do.",
            "Les membres de l’équipe se font confiance. Ils se sentent assez à l’aise pour dire ce qu’ils pensent et ce qu’ils ont vécu, et on les prend au sérieux lorsqu’ils le font.",
        ),
    ),
    _item(
        "goal",
        ("A shared goal and commitment", "Un but commun et un engagement partagé"),
        (
            "Everyone on the team knows what the activity is meant to achieve, wants it, and pulls in that direction.",
            "Chaque membre de l’équipe sait ce que l’activité doit accomplir, le souhaite et va dans cette direction.",
        ),
    ),
    _item(
        "res",
        ("Access to resources", "L’accès à des ressources"),
        (
            "What the work takes is there and can be used: time set aside, money, training, and people who help.",
            "Ce que le travail exige est disponible et utilisable\u00a0: du temps réservé, de l’argent, de la formation et des personnes qui aident.",
        ),
    ),
    _item(
        "fit",
        ("Fit with the place where it will be used", "L’adéquation avec le milieu où cela servira"),
        (
            "The activity suits the place where it will be used: what staff there need, how their day runs, and how much they can take on.",
            "L’activité convient au milieu où elle servira\u00a0: les besoins du personnel, le déroulement de ses journées et ce qu’il peut assumer de plus.",
        ),
    ),
    _item(
        "exp",
        ("Various types of expertise", "Divers types d’expertise"),
        (
            "The team brings together people from different professions and people who know care from their own lives.",
            "L’équipe réunit des personnes de différentes professions et des personnes qui connaissent les soins par leur propre vécu.",
        ),
    ),
    _item(
        "lead",
        ("Collaborative leadership", "Un leadership collaboratif"),
        (
            "Those who lead ask for everyone’s view, run meetings so that all can speak, and share decisions with the team.",
            "Les personnes qui dirigent demandent l’avis de tous, animent les rencontres pour que chacun puisse parler et partagent les décisions avec l’équipe.",
        ),
    ),
    _item(
        "net",
        ("Access to a network", "L’accès à un réseau"),
        (
            "You can reach people beyond the team who share its interests or know something it does not, from their work or from their lives.",
            "Vous pouvez joindre, au-delà de l’équipe, des personnes qui partagent ses intérêts ou qui savent ce qu’elle ignore, par leur travail ou par leur vécu.",
        ),
    ),
    _item(
        "plan",
        ("A flexible plan", "Un plan flexible"),
        (
            "There is a plan for how the activity will be done, and its dates and tasks may change when life does.",
            "Il existe un plan pour réaliser l’activité, et ses dates et ses tâches peuvent changer quand la réalité change.",
        ),
    ),
    _item(
        "know",
        ("Knowing how to share and use knowledge", "Savoir comment partager et utiliser les connaissances"),
        (
            "You yourself know how knowledge is shared and put to use: from experience, from skills you have learned, or from its theories and frameworks.",
            "Vous savez vous-même comment les connaissances se partagent et s’utilisent\u00a0: par expérience, par des compétences acquises ou par ses théories et ses cadres.",
        ),
    ),
    _item(
        "champ",
        ("A champion for the activity", "Une personne qui porte l’activité"),
        (
            "Someone on the team speaks up for the activity, keeps others motivated and helps them feel able to do their part.",
            "Une personne de l’équipe défend l’activité, entretient la motivation des autres et les aide à se sentir capables de jouer leur rôle.",
        ),
    ),
    _item(
        "comm",
        ("Flexible communication", "Une communication flexible"),
        (
            "There is more than one way to keep in touch and to meet, such as online meetings, e-mail, or a quick word with one person.",
            "Il y a plus d’une façon de rester en contact et de se rencontrer, comme les réunions en ligne, le courriel ou un court échange avec une personne.",
        ),
    ),
)
"""In the order of the study's table."""
