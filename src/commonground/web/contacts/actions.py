"""Everything that writes contact details: leaving them, removing them, drawing winners, deleting them on their day.

What also writes the log holds the contacts first and lets go of them last: a backup that holds the contacts for a
moment then finds both databases as they belong together (`site.pairs`).
"""

import secrets
import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commonground.records.errors import Problem, RequestError
from commonground.records.fielding import Wish
from commonground.web.accounts.models import User
from commonground.web.contacts.drawing import drawn_order, list_hash
from commonground.web.contacts.models import Drawing, Entry, KeyMark, SpentPass
from commonground.web.contacts.router import CONTACTS
from commonground.web.contacts.vault import Details, Vault, open_vault
from commonground.web.contacts.wishes import LISTS_OPENED, are_lists_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event

MOST_WRITTEN_AGAIN = 500
"""Entries among which a new one hides; more would take long without hiding it better."""


def leave_details(*, study: Study, wishes: Collection[Wish], details: Details, pass_text: str = "") -> bool:
    """Keep what a person leaves, an entry a wish; False where the pass was used before or the lists were opened.

    An address that is on a list already is left as it is, and nobody learns that it was.
    """
    vault = open_vault()
    with transaction.atomic(using=CONTACTS):
        _hold()
        if are_lists_open(study):
            return False
        if pass_text and not _spend(vault, study.public_id, pass_text):
            return False
        for wish in wishes:
            _add(vault, study.public_id, wish, details)
    return True


def is_spent(*, study: Study, pass_text: str) -> bool:
    """Whether a pass was used."""
    return SpentPass.objects.filter(digest=_pass_digest(open_vault(), study.public_id, pass_text)).exists()


def remove_entry(*, study: Study, entry: uuid.UUID, actor: User) -> int:
    """Delete one entry of one list; gives how many went."""
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        removed, _counts = Entry.objects.filter(study=study.public_id, pk=entry).delete()
        return _log_removal(study, removed, actor)


def remove_address(*, study: Study, reach: str, actor: User) -> int:
    """Delete a person from every list of the study, as they asked for it, by the address they left."""
    vault = open_vault()
    digests = [_digest(vault, study.public_id, wish, reach) for wish in Wish]
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        removed, _counts = Entry.objects.filter(study=study.public_id, digest__in=digests).delete()
        return _log_removal(study, removed, actor)


def draw_winners(*, study: Study, actor: User, today: date, seed: str = "") -> Drawing:
    """Draw as many winners as there are prizes, once; a seed agreed on before may be given.

    Raises
    ------
    RequestError
        If the study has no draw, is still open, was drawn, has no entries, or its day has not come.
    """
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        prizes = _prizes(study, today)
        entries = {entry.digest: entry for entry in _list(study, Wish.DRAW)}
        if not entries:
            raise _refused(_("Nobody has entered the draw yet."))
        drawing = Drawing.objects.create(
            study=study.public_id, seed=seed or str(secrets.randbits(64)), list_hash=list_hash(entries),
            entries=len(entries), prizes=min(prizes, len(entries)), drawn_on=today,
        )  # fmt: skip
        order = drawn_order(entries, drawing.seed)
        _give_places([entries[digest] for digest in order[: drawing.prizes]], first=1)
        _log(study, "drew winners", actor, entries=drawing.entries, prizes=drawing.prizes, seed=drawing.seed,
             list=drawing.list_hash)  # fmt: skip
    return drawing


def draw_one_more(*, study: Study, actor: User) -> bool:
    """Let the next in the order drawn step in for a winner; False where there is none left."""
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        drawing = Drawing.objects.get(study=study.public_id)
        entries = {entry.digest: entry for entry in _list(study, Wish.DRAW)}
        waiting = [entries[digest] for digest in drawn_order(entries, drawing.seed) if entries[digest].place is None]
        if not waiting:
            return False
        last = max((entry.place or 0 for entry in entries.values()), default=0)
        _give_places(waiting[:1], first=max(last, drawing.prizes) + 1)
        _log(study, "drew one more winner", actor)
    return True


def purge_due(now: datetime) -> int:
    """Delete all that belongs to studies whose day of deletion has come; gives how many entries went."""
    studies = Study.objects.filter(public_id__in=_studies_with_contacts())
    due = [study for study in studies if (day := study.record().fielding.contacts.deleted_on) and day <= now.date()]
    return sum(_purge(study) for study in due)


def open_lists(*, study: Study, actor: User) -> None:
    """Let the lists be read, from now on for good; nobody can leave details any more, even if the study opens again.

    Whoever could read a list, let one more person in and read it again would know whose entry is new.

    Raises
    ------
    RequestError
        If the study is still open.
    """
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        held = Study.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=study.pk)
        if held.is_open:
            raise _refused(_("The study is still open: people can still enter."), _("Close it first."))
        if not are_lists_open(held):
            _log(held, LISTS_OPENED, actor)


def read_entries(study: Study, wish: Wish) -> list[tuple[Entry, Details]]:
    """A list as people may read it: by place drawn, then by address, which tells nothing of who came when."""
    vault = open_vault()
    read = [(entry, vault.unseal(bytes(entry.sealed), about=_about(entry))) for entry in _list(study, wish)]
    return sorted(read, key=lambda one: (one[0].place is None, one[0].place, one[1].reach.casefold()))


def _hold() -> None:
    """One writer at a time, since rows are written again together."""
    KeyMark.objects.select_for_update().filter(pk=1).first()


def _spend(vault: Vault, study: str, pass_text: str) -> bool:
    _pass, is_new = SpentPass.objects.get_or_create(
        digest=_pass_digest(vault, study, pass_text), defaults={"study": study}
    )
    return is_new


def _add(vault: Vault, study: str, wish: Wish, details: Details) -> None:
    digest = _digest(vault, study, wish, details.reach)
    there = Entry.objects.filter(study=study, wish=wish)
    if there.filter(digest=digest).exists():
        return
    new = Entry(study=study, wish=wish, digest=digest)
    new.sealed = vault.seal(details, about=_about(new))
    _write_again([*there.order_by("?")[: MOST_WRITTEN_AGAIN - 1], new])


def _write_again(entries: list[Entry]) -> None:
    """Write entries in a new order under new ids: the new one is one of them, and nothing shows which."""
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    secrets.SystemRandom().shuffle(entries)
    for entry in entries:
        entry.pk = uuid.uuid4()
    Entry.objects.bulk_create(entries)


def _give_places(entries: list[Entry], *, first: int) -> None:
    for place, entry in enumerate(entries, start=first):
        entry.place = place
        entry.save(update_fields=["place"])


def _prizes(study: Study, today: date) -> int:
    draw = study.record().fielding.contacts.draw
    if draw is None:
        raise _refused(_("This study has no draw."))
    if study.is_open:
        raise _refused(_("The study is still open: people can still enter."), _("Close it first."))
    if draw.drawn_on is not None and today < draw.drawn_on:
        raise _refused(_("The day of the draw is %(day)s.") % {"day": draw.drawn_on.isoformat()}, _("Come back then."))
    if Drawing.objects.filter(study=study.public_id).exists():
        raise _refused(_("The winners have been drawn already."))
    return draw.prizes


def _purge(study: Study) -> int:
    with transaction.atomic(using=CONTACTS), transaction.atomic():
        _hold()
        deleted, _counts = Entry.objects.filter(study=study.public_id).delete()
        SpentPass.objects.filter(study=study.public_id).delete()
        Drawing.objects.filter(study=study.public_id).delete()
        _log(study, "deleted contacts on their day", None, entries=deleted)
    return deleted


def _studies_with_contacts() -> set[str]:
    return {
        *Entry.objects.order_by().values_list("study", flat=True).distinct(),
        *SpentPass.objects.order_by().values_list("study", flat=True).distinct(),
    }


def _list(study: Study, wish: Wish) -> list[Entry]:
    return list(Entry.objects.filter(study=study.public_id, wish=wish))


def _about(entry: Entry) -> str:
    return f"{entry.study}/{entry.wish}/{entry.digest}"


def _digest(vault: Vault, study: str, wish: Wish, reach: str) -> str:
    return vault.digest("address", study, wish, " ".join(reach.casefold().split()))


def _pass_digest(vault: Vault, study: str, pass_text: str) -> str:
    return vault.digest("spent pass", study, pass_text)


def _log_removal(study: Study, removed: int, actor: User) -> int:
    if removed:
        _log(study, "deleted contact entries", actor, entries=removed)
    return removed


def _log(study: Study, action: str, actor: User | None, **details: object) -> None:
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)


def _refused(what: str, mend: str = "") -> RequestError:
    return RequestError([Problem(what, mend=mend)])
