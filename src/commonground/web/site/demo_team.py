"""The demo's living partnership: seven people who do not exist, from their answers to an agreement and beyond."""

from datetime import date, timedelta

from commonground.partnership.agreement import Answer
from commonground.partnership.publication import Sharing
from commonground.web.accounts.models import User
from commonground.web.capabilities import actions as capabilities
from commonground.web.capabilities.actions import Said
from commonground.web.capabilities.models import Level4, Line, Profile
from commonground.web.logicmodels.actions import begin_model, keep_snapshot
from commonground.web.logicmodels.models import LogEntry, StakeholderEntry
from commonground.web.partnerships import agreements, rounds, starters, voices
from commonground.web.partnerships.actions import change_details, start_partnership
from commonground.web.partnerships.codes import voice_hash
from commonground.web.partnerships.models import Partner, Partnership, Round, Voice
from commonground.web.partnerships.samples import ORDERS
from commonground.web.partnerships.tasks import drawn_tasks, tasks_as_json
from commonground.web.partnerships.visits import Visit, visit_by
from commonground.web.workspaces.actions import own_workspace

TEAM = "less-pain"
NAME = "Less pain at blood tests"
WORK = (
    "An example: parents, nurses and researchers of a children’s ward bring what is known about needle pain into daily "
    "work. All of them are invented."
)
PEOPLE = (
    ("Amina", "parent"),
    ("Bo", "nurse"),
    ("Chloé", "parent"),
    ("David", "researcher"),
    ("Esi", "nurse"),
    ("Farid", "researcher"),
    ("Greta", "nurse"),
)
NOTES = (
    ("open", "We say early what we do not know, and nobody laughs.", "all of us"),
    ("comm", "One message a week, in plain words, by the group that everybody has on the phone.", "Esi"),
)
NEEDS = {"systems": 1, "public": 2, "communities": 2, "local": 1, "implementation": 3, "communication": 2}
LEVELS = (2, 1, 1, 0, 3)
"""What five of the seven say of themselves, of each thing the work needs; a step lower or higher by turns."""
STAKEHOLDERS = (
    ("Children on the ward", "service-users", "inner", 1, 3, 1, "Not asked yet how they want to be asked."),
    ("Nurses of the ward", "professionals", "inner", 1, 3, 2, ""),
    ("Head of the laboratory", "managers", "outer", 2, 1, 3, "Decides what stands on the trolley."),
    ("Parents’ association", "public", "outer", 2, 3, 1, ""),
)
"""Name, kind, zone, distance, interest, power, note."""
LOGS = (
    (
        "involvement",
        60,
        "two parents, a nurse",
        "Chose which of six leaflets is easiest to read.",
        "better_work",
    ),
    ("involvement", 30, "children of four to eight", "Drew what helps them at a blood test.", "ethical"),
    ("impact", 9, "the ward", "Numbing cream stands on every trolley now.", ""),
)
"""Log, days ago, who, what, why."""


def bring_together(owner: User, today: date) -> Partnership:
    """Make the partnership with everything in it, if it is not there yet."""
    found = Partnership.objects.filter(public_id=TEAM).first()
    if found is not None:
        return found
    made = _begun(owner, today)
    visits = _joined(made)
    _answered(Partnership.objects.get(pk=made.pk), visits)
    rounds.close_round(partnership=made, actor=owner, today=today)
    rounds.open_results(partnership=made, actor=owner, today=today)
    made = Partnership.objects.get(pk=made.pk)
    _agreed(made, visits, owner, today)
    _able(made, visits, owner, today)
    _looked_around(made, owner, today)
    return made


def _begun(owner: User, today: date) -> Partnership:
    made = start_partnership(
        workspace=own_workspace(owner),
        actor=owner,
        name=NAME,
        people=(),
        meets_on=today + timedelta(days=3),
        question=starters.QUESTION.model_dump(),
        items=starters.starter_items(),
        today=today,
    )
    Partnership.objects.filter(pk=made.pk).update(public_id=TEAM)
    made.public_id = TEAM
    change_details(
        partnership=made, actor=owner, name=NAME, work=WORK, meets_on=made.meets_on, deletes_on=made.deletes_on
    )
    rounds.begin_round(partnership=made, actor=owner, kind=Round.Kind.START, closes_on=None, today=today)
    return made


def _joined(partnership: Partnership) -> list[Visit]:
    codes = [voices.join(partnership=partnership, name=name, role=role, language="en") for name, role in PEOPLE]
    visits = [visit_by(partnership, code) for code in codes]
    return [visit for visit in visits if visit is not None]


def _answered(partnership: Partnership, visits: list[Visit]) -> None:
    """Everybody answers as they prefer; Amina shares where she stands on two things, Esi one without her name."""
    one = partnership.round
    if one is None:
        return
    made = [_voice(one, visit, order.split()) for visit, order in zip(visits, ORDERS, strict=True)]
    made[0].shares, made[0].shown_name = {"open": Sharing.NAMED, "comm": Sharing.NAMED}, visits[0].partner.name
    made[4].shares = {"comm": Sharing.UNNAMED}
    Voice.objects.bulk_create(made)


def _voice(one: Round, visit: Visit, prefers: list[str]) -> Voice:
    tasks = drawn_tasks(one, visit.code)
    shown = [sorted(task.items, key=prefers.index) for task in tasks]
    return Voice(
        round=one,
        code_hash=voice_hash(visit.code),
        role=visit.partner.role,
        tasks=tasks_as_json(tasks),
        picks={str(place): [items[0], items[-1]] for place, items in enumerate(shown, start=1)},
        is_done=True,
    )


def _agreed(partnership: Partnership, visits: list[Visit], owner: User, today: date) -> None:
    """Two things written down in the meeting, put before everybody; three have said something."""
    for item, text, who in NOTES:
        agreements.write_down(partnership=partnership, item=item, text=text, who=who, due=None)
    lines = agreements.drafted(partnership)
    agreements.put_before_everybody(
        partnership=partnership, lines=lines, review_on=today + timedelta(days=91), actor=owner, today=today
    )
    said = ((Answer.AGREE, ""), (Answer.AGREE_WITH_NOTE, "A week may be too often for me."), (Answer.NOT_YET, ""))
    for visit, (answer, note) in zip(visits, said, strict=False):
        agreements.mark(visit=visit, number=1, answer=answer, note=note)


def _able(partnership: Partnership, visits: list[Visit], owner: User, today: date) -> None:
    """What the work needs, what five people say of themselves, and one line of a plan."""
    profile = capabilities.begin_profile(partnership=partnership, actor=owner)
    capabilities.set_needs(profile=profile, stakeholder="", levels=NEEDS, actor=owner)
    capabilities.set_needs(profile=profile, stakeholder="families", levels={"communication": 3}, actor=owner)
    capabilities.set_asking(profile=profile, is_asking=True, actor=owner)
    for turn, (visit, level) in enumerate(zip(visits, LEVELS, strict=False)):
        capabilities.say(visit=visit, profile=profile, said=_said(turn, level, visit.partner))
    _plan(profile, today)


def _said(turn: int, level: int, partner: Partner) -> dict[str, Said]:
    """One person's levels; the first lets the others know."""
    shown = partner.name if turn == 0 else ""
    levels = {name: (level + place * turn) % len(Level4) for place, name in enumerate(NEEDS)}
    return {name: Said(level=at, wants_to_learn=at == 0, shown_name=shown) for name, at in levels.items()}


def _plan(profile: Profile, today: date) -> None:
    Line.objects.create(
        profile=profile,
        capability="implementation",
        activity="Two mornings on another ward that has done it",
        person="Bo",
        support="the ward’s head nurse",
        due=today + timedelta(days=60),
        evidence="a list of what we would do otherwise here",
    )


def _looked_around(partnership: Partnership, owner: User, today: date) -> None:
    """The worked logic model with a state kept, the people concerned, and what was done and came of it."""
    document = begin_model(partnership=partnership, actor=owner, from_example=True)
    keep_snapshot(document=document, note="As we began", actor=owner, today=today)
    StakeholderEntry.objects.bulk_create(
        StakeholderEntry(
            partnership=partnership,
            name=name,
            kind=kind,
            zone=zone,
            distance=distance,
            interest=interest,
            power=power,
            note=note,
        )
        for name, kind, zone, distance, interest, power, note in STAKEHOLDERS
    )
    LogEntry.objects.bulk_create(
        LogEntry(partnership=partnership, log=log, on=today - timedelta(days=ago), who=who, what=what, reason=why)
        for log, ago, who, what, why in LOGS
    )
