"""What can be asked about the eleven items of the starter list and about any other, in our own words, in two languages.

Why an item may matter follows the published study (doi:10.1186/s12961-025-01310-2) and the interviews before it.
"""

from collections.abc import Mapping

from commonground.partnership.prompts import Prompt
from commonground.records.words import Words

_Two = tuple[str, str]


def _words(texts: _Two) -> Words:
    return Words({"en": texts[0], "fr": texts[1]})


def _prompt(
    *, why: _Two, ask: tuple[_Two, ...], do: tuple[_Two, ...], if_split: _Two, agree: _Two, check: _Two
) -> Prompt:
    return Prompt(
        _words(why),
        tuple(_words(one) for one in ask),
        tuple(_words(one) for one in do),
        _words(if_split),
        _words(agree),
        _words(check),
    )


GENERAL = _prompt(
    why=(
        "Somebody on this team put this on the list. Find out what it stands for here.",
        "Quelqu’un de cette équipe a mis cet élément sur la liste. Découvrez ce qu’il veut dire ici.",
    ),
    ask=(
        (
            "What would it look like here, on an ordinary day?",
            "À quoi cela ressemblerait-il ici, un jour ordinaire\u00a0?",
        ),
        (
            "What did you give up for it in your choices that still matters to you?",
            "À quoi avez-vous renoncé dans vos choix et qui compte encore pour vous\u00a0?",
        ),
        (
            "What would you tell somebody new about this team and this point?",
            "Que diriez-vous à une nouvelle personne de cette équipe sur ce point\u00a0?",
        ),
    ),
    do=(
        (
            "Each writes one thing they could see or hear if it were going well.",
            "Chaque personne écrit une chose qu’elle pourrait voir ou entendre si tout allait bien.",
        ),
        ("Choose one small step and who takes it.", "Choisissez un petit pas et la personne qui le fera."),
    ),
    if_split=(
        "Ask what each had in mind. The same words often stand for different things.",
        "Demandez à quoi chaque personne pensait. Les mêmes mots désignent souvent des choses différentes.",
    ),
    agree=("From now on we will …", "À partir de maintenant, nous allons …"),
    check=(
        "What will we see in three months if we keep to it?",
        "Que verrons-nous dans trois mois si nous nous y tenons\u00a0?",
    ),
)
"""For an item of a team's own."""

CLOSING: tuple[Words, ...] = tuple(
    _words(one)
    for one in (
        (
            "What did you have to leave behind that still matters?",
            "Qu’avez-vous dû laisser de côté et qui compte encore\u00a0?",
        ),
        ("Is something missing from the list?", "Manque-t-il quelque chose sur la liste\u00a0?"),
        (
            "What should a new partner know about this team?",
            "Que devrait savoir une personne qui se joint à cette équipe\u00a0?",
        ),
    )
)
"""Questions about the list as a whole."""

PROMPTS: Mapping[str, Prompt] = {
    "open": _prompt(
        why=(
            "People say what they know when they feel safe. Being taken seriously shows them that their view counts.",
            "On dit ce que l’on sait quand on se sent en sécurité. Être pris au sérieux montre que son avis compte.",
        ),
        ask=(
            (
                "When did you last speak up in a team and something changed?",
                "Quand avez-vous pris la parole dans une équipe et cela a-t-il changé quelque chose\u00a0?",
            ),
            (
                "What makes it hard here: titles, jargon, a camera, being the only one?",
                "Qu’est-ce qui rend cela difficile ici\u00a0: les titres, le jargon, la caméra, le fait d’être seul de son groupe\u00a0?",
            ),
            (
                "How will we notice that somebody has gone quiet?",
                "Comment verrons-nous qu’une personne s’est tue\u00a0?",
            ),
        ),
        do=(
            (
                "Go round so that each speaks once before anybody speaks twice.",
                "Faire un tour de table\u00a0: chaque personne parle une fois avant que quelqu’un reparle.",
            ),
            ("First names instead of titles.", "Des prénoms plutôt que des titres."),
            (
                "A person to whom things can be said in private first.",
                "Une personne à qui l’on peut d’abord parler en privé.",
            ),
            (
                "Settle how personal stories may be used, and by whom.",
                "Convenir de l’usage des récits personnels, et par qui.",
            ),
        ),
        if_split=(
            "Ask what respect looks like to each. People often want the same and read different signs of it.",
            "Demandez à quoi chacun reconnaît le respect. On veut souvent la même chose sans y voir les mêmes signes.",
        ),
        agree=(
            "When we disagree, we will … Anybody can ask for a pause by …",
            "En cas de désaccord, nous allons … Toute personne peut demander une pause en …",
        ),
        check=(
            "Has each of us changed at least one decision?",
            "Chacun de nous a-t-il changé au moins une décision\u00a0?",
        ),
    ),
    "goal": _prompt(
        why=(
            "Partners can mean different things by success and find out late.",
            "Des partenaires peuvent entendre la réussite autrement et s’en apercevoir tard.",
        ),
        ask=(
            (
                "Finish the sentence: this will have been worth it if …",
                "Terminez la phrase\u00a0: cela en aura valu la peine si …",
            ),
            ("What would make you leave?", "Qu’est-ce qui vous ferait partir\u00a0?"),
            ("What has the funder already settled?", "Qu’est-ce que le bailleur de fonds a déjà fixé\u00a0?"),
            ("How much can each of us really give?", "Que peut vraiment donner chacun de nous\u00a0?"),
        ),
        do=(
            (
                "Write the goal in one sentence; everybody edits it.",
                "Écrire le but en une phrase que tout le monde modifie.",
            ),
            ("One sign of success for each partner.", "Un signe de réussite pour chaque partenaire."),
            ("Say what is not part of it.", "Dire ce qui n’en fait pas partie."),
        ),
        if_split=(
            "The item joins two things, a goal and commitment. Take them one at a time.",
            "L’élément réunit deux choses, un but et un engagement. Prenez-les l’une après l’autre.",
        ),
        agree=(
            "Our goal is … We will know by … and … We look at it again on …",
            "Notre but est … Nous le saurons par … et … Nous y reviendrons le …",
        ),
        check=(
            "Would each of us still write the same sentence?",
            "Chacun de nous écrirait-il encore la même phrase\u00a0?",
        ),
    ),
    "res": _prompt(
        why=(
            "Time, money, training and help decide who can take part. Unpaid partners beside paid staff widen the gap in power.",
            "Le temps, l’argent, la formation et l’aide décident de qui peut participer. Des partenaires non payés à côté d’un personnel payé creusent l’écart de pouvoir.",
        ),
        ask=(
            ("What does taking part cost you?", "Que vous coûte votre participation\u00a0?"),
            ("Who can free time or money?", "Qui peut dégager du temps ou de l’argent\u00a0?"),
            ("What happens when it runs out?", "Que se passe-t-il quand il n’y en a plus\u00a0?"),
        ),
        do=(
            (
                "A table: what we need, what we have, what is missing, who looks for it.",
                "Un tableau\u00a0: ce qu’il faut, ce que nous avons, ce qui manque, qui s’en occupe.",
            ),
            (
                "Rules for pay and expenses, before the first meeting.",
                "Des règles de rémunération et de remboursement, avant la première rencontre.",
            ),
            ("Ask employers for protected time.", "Demander du temps réservé aux employeurs."),
        ),
        if_split=(
            "List which resource each had in mind: money and time are not the same wish.",
            "Notez à quelle ressource chacun pensait\u00a0: l’argent et le temps ne sont pas le même souhait.",
        ),
        agree=(
            "We pay … by … Each gives about … hours. The first gap we close is …",
            "Nous payons … avant le … Chacun donne environ … heures. Le premier manque à combler est …",
        ),
        check=(
            "Has anybody paid for something themselves, or stayed away for lack of it?",
            "Quelqu’un a-t-il payé de sa poche, ou renoncé à venir, faute de moyens\u00a0?",
        ),
    ),
    "fit": _prompt(
        why=(
            "What we make has to suit the place where it will be used. Those near that place and those far from it see it differently.",
            "Ce que nous faisons doit convenir au milieu où cela servira. On ne le voit pas de la même façon de près et de loin.",
        ),
        ask=(
            (
                "Where exactly will it be used, by whom, on a bad day?",
                "Où cela servira-t-il au juste, à qui, un mauvais jour\u00a0?",
            ),
            ("What would staff have to stop doing?", "Que devrait cesser de faire le personnel\u00a0?"),
            ("What would a family notice?", "Que remarquerait une famille\u00a0?"),
            ("Who has not been asked yet?", "À qui n’a-t-on pas encore demandé\u00a0?"),
        ),
        do=(
            (
                "Walk through it with somebody who works or lives there.",
                "Faire le parcours avec une personne qui y travaille ou y vit.",
            ),
            ("A small trial first.", "Un petit essai d’abord."),
            ("A list of what must not break.", "Une liste de ce qui ne doit pas se briser."),
        ),
        if_split=(
            "Some think of the clinic, others of home and school. Make the place wider.",
            "Certains pensent à la clinique, d’autres à la maison et à l’école. Élargissez le milieu.",
        ),
        agree=("… looks at the fit on … and may call a halt.", "… vérifie l’adéquation le … et peut tout arrêter."),
        check=(
            "Is it used where we meant it to be, by those we meant?",
            "Est-ce utilisé là où nous le voulions, par les personnes prévues\u00a0?",
        ),
    ),
    "exp": _prompt(
        why=(
            "What people know from work and what they know from life together make results that can be used.",
            "Ce que l’on sait par son travail et ce que l’on sait par sa vie, réunis, donnent des résultats utilisables.",
        ),
        ask=(
            ("What do you know that nobody else here knows?", "Que savez-vous que personne d’autre ici ne sait\u00a0?"),
            ("Whose voice is missing, or alone?", "Quelle voix manque, ou est seule\u00a0?"),
            ("When do we need you, and when not?", "Quand avons-nous besoin de vous, et quand non\u00a0?"),
        ),
        do=(
            ("A board: who knows what.", "Un tableau\u00a0: qui sait quoi."),
            ("Two people for a task, from different sides.", "Deux personnes pour une tâche, de milieux différents."),
            (
                "Find a second person where somebody is the only one.",
                "Trouver une deuxième personne là où quelqu’un est seul.",
            ),
        ),
        if_split=(
            "Is the worry a seat for show, or that work gets slower?",
            "Craint-on une présence pour la forme, ou un travail plus lent\u00a0?",
        ),
        agree=(
            "We invite … Nobody speaks for a whole group.",
            "Nous invitons … Personne ne parle au nom de tout un groupe.",
        ),
        check=(
            "Which decision looks different because of what somebody knew?",
            "Quelle décision a changé grâce à ce que quelqu’un savait\u00a0?",
        ),
    ),
    "lead": _prompt(
        why=(
            "People mean different persons when they say leader, and some never think of themselves.",
            "On ne pense pas tous à la même personne en disant «\u00a0leader\u00a0», et certains ne pensent jamais à eux-mêmes.",
        ),
        ask=(
            (
                "Which decisions are taken by one, by some, by all?",
                "Quelles décisions se prennent seul, à quelques-uns, tous ensemble\u00a0?",
            ),
            ("Who can call a meeting, or stop one?", "Qui peut convoquer une rencontre, ou l’arrêter\u00a0?"),
            (
                "Would anybody like to lead together with somebody?",
                "Quelqu’un aimerait-il diriger avec une autre personne\u00a0?",
            ),
        ),
        do=(
            ("A chart of decisions.", "Un tableau des décisions."),
            ("Take turns in the chair.", "Présider à tour de rôle."),
            (
                "The agenda is open to all a week ahead; decisions are written down with their reasons.",
                "L’ordre du jour est ouvert à tous une semaine d’avance\u00a0; les décisions sont notées avec leurs raisons.",
            ),
        ),
        if_split=(
            "Ask who has been consulted before and heard no more.",
            "Demandez qui a déjà été consulté sans suite.",
        ),
        agree=(
            "… decides on …, all decide on …; who disagrees can …",
            "… décide de …, tous décident de …\u00a0; en cas de désaccord, on peut …",
        ),
        check=(
            "Can each of us name a decision they took part in?",
            "Chacun peut-il nommer une décision à laquelle il a pris part\u00a0?",
        ),
    ),
    "net": _prompt(
        why=(
            "Reaching others matters most to those who must find them. Who already can may put it low for that reason.",
            "Joindre d’autres personnes compte surtout pour qui doit les trouver. Qui le peut déjà le met parfois bas pour cela.",
        ),
        ask=(
            ("Who can open which door?", "Qui peut ouvrir quelle porte\u00a0?"),
            (
                "Whose network is missing: young people, a culture, a region?",
                "Quel réseau manque\u00a0: des jeunes, une culture, une région\u00a0?",
            ),
            ("What does it cost you to introduce people?", "Que vous coûte le fait de présenter des personnes\u00a0?"),
        ),
        do=(
            ("Draw the map of who knows whom.", "Dessiner la carte de qui connaît qui."),
            ("A list of introductions.", "Une liste de mises en relation."),
            ("Ask before passing on anybody’s address.", "Demander avant de transmettre des coordonnées."),
        ),
        if_split=(
            "Reach for spreading results and company for oneself are two things.",
            "Un réseau pour diffuser des résultats et un réseau pour se soutenir sont deux choses.",
        ),
        agree=("Three introductions, made by …", "Trois mises en relation, faites par …"),
        check=(
            "Whom do we know now whom we did not know before?",
            "Qui connaissons-nous maintenant que nous ne connaissions pas\u00a0?",
        ),
    ),
    "plan": _prompt(
        why=(
            "Few put it first, and yet illness, shifts and funders change plans.",
            "Peu de gens le mettent en premier, et pourtant la maladie, les horaires et les bailleurs changent les plans.",
        ),
        ask=(
            ("What is truly fixed?", "Qu’est-ce qui est vraiment fixe\u00a0?"),
            ("What is likely to change?", "Qu’est-ce qui changera sans doute\u00a0?"),
            ("How do those who were not there hear of it?", "Comment l’apprennent les absents\u00a0?"),
        ),
        do=(
            ("Three lists: fixed, flexible, not known.", "Trois listes\u00a0: fixe, flexible, inconnu."),
            ("Leave room for bad days and rotas.", "Prévoir les mauvais jours et les horaires."),
        ),
        if_split=(
            "Some fear drifting, others being left behind.",
            "Certains craignent la dérive, d’autres d’être laissés derrière.",
        ),
        agree=(
            "… may change dates, … the scope, … the tasks; the others hear it … before.",
            "… peut changer les dates, … l’étendue, … les tâches\u00a0; les autres l’apprennent … avant.",
        ),
        check=(
            "When the plan changed, did everybody hear in time?",
            "Quand le plan a changé, tout le monde l’a-t-il su à temps\u00a0?",
        ),
    ),
    "know": _prompt(
        why=(
            "A team can hold the knowledge together. Some have the skills without the words for them.",
            "Une équipe peut détenir le savoir ensemble. Certains savent faire sans en avoir les mots.",
        ),
        ask=(
            ("Which words lost you?", "Quels mots vous ont perdu\u00a0?"),
            ("What would you like to learn, if anything?", "Qu’aimeriez-vous apprendre, s’il y a quelque chose\u00a0?"),
            ("Who can explain without talking down?", "Qui sait expliquer sans faire la leçon\u00a0?"),
        ),
        do=(
            ("A page of words.", "Une page de mots."),
            ("Somebody to ask.", "Une personne à qui demander."),
            ("Learning is offered and never a condition.", "Apprendre est offert, jamais exigé."),
        ),
        if_split=(
            "Is anybody feeling pushed to be trained, as if what they lived through did not count?",
            "Quelqu’un se sent-il poussé à se former, comme si son vécu ne comptait pas\u00a0?",
        ),
        agree=(
            "We offer … and … In meetings we say … instead of …",
            "Nous offrons … et … En rencontre, nous disons … plutôt que …",
        ),
        check=(
            "Can each of us explain to a neighbour what we do?",
            "Chacun peut-il expliquer à un voisin ce que nous faisons\u00a0?",
        ),
    ),
    "champ": _prompt(
        why=(
            "Some see what keeps things moving, others one voice over the team.",
            "Certains y voient un moteur, d’autres une voix au-dessus de l’équipe.",
        ),
        ask=(
            ("What would a champion do in the second month?", "Que ferait cette personne le deuxième mois\u00a0?"),
            ("Champion of the activity, or of the partners?", "Porter l’activité, ou les partenaires\u00a0?"),
            ("What if they leave?", "Et si elle part\u00a0?"),
        ),
        do=(
            ("Describe the tasks before naming anybody.", "Décrire les tâches avant de nommer quelqu’un."),
            ("Two people, from different groups.", "Deux personnes, de groupes différents."),
            ("A page for whoever comes after.", "Une page pour la personne qui prendra la suite."),
        ),
        if_split=("Try the list of tasks without the title.", "Essayez la liste des tâches sans le titre."),
        agree=(
            "We need one, we do not, or we look again on …",
            "Il en faut une, il n’en faut pas, ou nous y reviendrons le …",
        ),
        check=(
            "Would it go on if one of us were away for a month?",
            "Cela continuerait-il si l’un de nous s’absentait un mois\u00a0?",
        ),
    ),
    "comm": _prompt(
        why=(
            "For those with pain, school, a job or shifts this decides who is really in. It costs little.",
            "Pour qui vit avec la douleur, l’école, un emploi ou des horaires, cela décide de qui participe vraiment. Cela coûte peu.",
        ),
        ask=(
            (
                "What is your best channel, your worst hour, the quickest way to reach you?",
                "Quel est votre meilleur canal, votre pire heure, le moyen le plus rapide de vous joindre\u00a0?",
            ),
            (
                "What do you need to take part when you are unwell?",
                "De quoi avez-vous besoin pour participer quand vous n’allez pas bien\u00a0?",
            ),
            ("What may we decide without you?", "Que pouvons-nous décider sans vous\u00a0?"),
        ),
        do=(
            ("A card for each person: how to reach them.", "Une fiche par personne\u00a0: comment la joindre."),
            ("Five lines after each meeting.", "Cinq lignes après chaque rencontre."),
            (
                "The camera is a choice; recordings only if all agree.",
                "La caméra est un choix\u00a0; on n’enregistre que si tous l’acceptent.",
            ),
            ("Time to comment before something is decided.", "Un délai de commentaire avant de décider."),
        ),
        if_split=(
            "Those for whom it is easy can give way: for them it is cheap, for others it decides.",
            "Ceux pour qui c’est facile peuvent céder\u00a0: cela leur coûte peu et décide de tout pour d’autres.",
        ),
        agree=(
            "We use … and answer within … Nobody writes between … Who is away is told by …",
            "Nous utilisons … et répondons en … Personne n’écrit entre … Les absents sont informés par …",
        ),
        check=("Who missed something, and why?", "Qui a manqué quelque chose, et pourquoi\u00a0?"),
    ),
}
"""Item id of the starter list to its prompt."""
