"""What a partner can do. A voice is made with the first answer, and changed only by whoever has its code."""

from collections.abc import Mapping

from django.db import transaction

from commonground.partnership.thresholds import MOST_PEOPLE
from commonground.records.sessions import Pick
from commonground.web.partnerships.codes import new_code, partner_hash, voice_hash
from commonground.web.partnerships.models import Partner, Partnership, Round, Voice
from commonground.web.partnerships.neighbours import partner_left
from commonground.web.partnerships.stages import is_late
from commonground.web.partnerships.tasks import drawn_tasks, tasks_as_json
from commonground.web.partnerships.visits import Visit


class TooLateError(ValueError):
    """The round takes no more of this."""


class FullError(ValueError):
    """A partnership has no room for more people: a team's picture is made for 30 at most."""


def join(*, partnership: Partnership, name: str, role: str, language: str, invited: Partner | None = None) -> str:
    """Let somebody in and return their code, which nobody else ever sees.

    An own link lets in one person once: who opens it again gets no second code.

    Raises
    ------
    TooLateError
        If the own link was used before.
    FullError
        If there are 30 people already.
    """
    code = new_code()
    with transaction.atomic():
        Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
        if invited is None:
            if is_full(partnership):
                raise FullError("A partnership has up to 30 people.")
            Partner.objects.create(
                partnership=partnership, name=name, role=role, language=language, code_hash=partner_hash(code)
            )
            return code
        taken = Partner.objects.filter(pk=invited.pk, code_hash="").update(
            name=name, role=role, language=language, code_hash=partner_hash(code)
        )
        if not taken:
            raise TooLateError("This link has let somebody in before.")
    return code


def is_full(partnership: Partnership) -> bool:
    """Whether nobody more can come in. Who left the list and has answered still counts."""
    voices = partnership.round.voices.count() if partnership.round else 0
    return max(partnership.partners.count(), voices) >= MOST_PEOPLE


def answer_task(*, visit: Visit, place: int, pick: Pick) -> None:
    """Keep the two marks of one task.

    Raises
    ------
    TooLateError
        If the round takes no answers any more.
    """
    with transaction.atomic():
        voice = _held_voice(visit, begin=True)
        voice.picks = {**voice.picks, str(place): [pick.best, pick.worst]}
        voice.is_done = len(voice.picks) == len(voice.tasks)
        voice.save(update_fields=["picks", "is_done"])


def answer_questions(*, visit: Visit, matters: Mapping[str, object], going: Mapping[str, object]) -> None:
    """Keep what was answered after the tasks; all of it may be left out."""
    with transaction.atomic():
        voice = _held_voice(visit)
        voice.matters, voice.going = dict(matters), dict(going)
        voice.save(update_fields=["matters", "going"])


def choose_shares(*, visit: Visit, shares: Mapping[str, str], consents: Mapping[str, bool], shown_name: str) -> None:
    """Keep what may be shown of each item, until the results are open.

    Raises
    ------
    TooLateError
        If the results are open: what was shown cannot be unseen.
    """
    with transaction.atomic():
        voice = _held_voice(visit, stages=(Round.Stage.ASKING, Round.Stage.CLOSED))
        voice.shares, voice.consents, voice.shown_name = dict(shares), dict(consents), shown_name
        voice.save(update_fields=["shares", "consents", "shown_name"])


def leave(*, visit: Visit) -> None:
    """Take a person out: their answers of every round that is not open yet, and their name.

    What has been shown stays as it was shown: it names nobody who did not want to be named.
    """
    with transaction.atomic():
        Voice.objects.filter(round__partnership=visit.partnership, code_hash=voice_hash(visit.code)).delete()
        partner_left.send(sender=Voice, code=visit.code)
        visit.partner.delete()


def _held_voice(visit: Visit, *, begin: bool = False, stages: tuple[str, ...] = (Round.Stage.ASKING,)) -> Voice:
    """The voice of this person in the round under way, held until the transaction ends."""
    one = Round.objects.select_for_update().filter(partnership=visit.partnership).last()
    code_hash = voice_hash(visit.code)
    voice = Voice.objects.select_for_update().filter(round=one, code_hash=code_hash).first()
    if one is None or not (one.stage in stages or is_late(one, voice)):
        raise TooLateError("This round takes no more of this.")
    if voice is None:
        if not begin:
            raise TooLateError("There are no answers yet.")
        voice = Voice.objects.create(
            round=one, code_hash=code_hash, role=visit.partner.role, tasks=tasks_as_json(drawn_tasks(one, visit.code))
        )
    return voice
