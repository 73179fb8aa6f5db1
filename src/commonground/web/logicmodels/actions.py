"""What can be done with a logic model: each action writes all or nothing, with its entry in the log."""

from datetime import date

from django.db import transaction

from commonground.files.logic_models.reading import example_text, logic_model_text, parse_logic_model
from commonground.logicmodel.model import LogicModel
from commonground.records.words import Words
from commonground.web.accounts.models import User
from commonground.web.logicmodels.editing import as_text
from commonground.web.logicmodels.models import ModelDocument, ReflectionEntry, Snapshot
from commonground.web.partnerships.models import Partnership
from commonground.web.workspaces.audit import record_event


def model_of(partnership: Partnership) -> ModelDocument | None:
    """The partnership's logic model, if it has one."""
    return ModelDocument.objects.filter(partnership=partnership).first()


def begin_model(*, partnership: Partnership, actor: User, from_example: bool) -> ModelDocument:
    """Begin with an empty model, or with the worked example and its reflections."""
    with transaction.atomic():
        found = model_of(partnership)
        if found is not None:
            return found
        model, seen = parse_logic_model(example_text())
        if not from_example:
            model, seen = LogicModel(title=Words({"*": partnership.name})), ()
        made = ModelDocument.objects.create(partnership=partnership, document=logic_model_text(model))
        ReflectionEntry.objects.bulk_create(
            ReflectionEntry(
                model=made,
                mechanism=one.mechanism,
                on=one.on,
                role=one.role,
                text=one.text,
                verdict=one.verdict,
                evidence=one.evidence,
                next_step=one.next_step,
            )
            for one in seen
        )
        _log(partnership, "began logic model", actor)
    return made


def change_model(*, document: ModelDocument, model: LogicModel, actor: User) -> None:
    """Keep another state of the model."""
    with transaction.atomic():
        ModelDocument.objects.filter(pk=document.pk).update(document=as_text(model))
        _log(document.partnership, "changed logic model", actor)


def keep_snapshot(*, document: ModelDocument, note: str, actor: User, today: date) -> Snapshot:
    """Keep the model as it is today, to lay a later one beside it."""
    with transaction.atomic():
        made = Snapshot.objects.create(model=document, on=today, note=note, document=document.document)
        _log(document.partnership, "kept snapshot", actor)
    return made


def _log(partnership: Partnership, action: str, actor: User) -> None:
    record_event(workspace=partnership.workspace, action=action, actor=actor, partnership=partnership.public_id)
