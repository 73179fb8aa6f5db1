"""The list of items, and how it is started."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.development.checks import notes
from commonground.development.log import State
from commonground.development.records import Kind
from commonground.records.errors import CommonGroundError
from commonground.web.items import actions
from commonground.web.items.forms import SourceForm, WordingForm
from commonground.web.items.showing import decided, listed
from commonground.web.items.standing import development_of
from commonground.web.items.where import where
from commonground.web.items.wording import CONCERNS, KINDS, OBSTACLES, round_name
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def items(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The list as a participant would read it, where it stands, and the one thing to do next."""
    del public_id
    study, now = request.study, development_of(request.study)
    names = {one.id: one.wording.label for one in now.candidates.values()}
    context = {
        "study": study,
        "record": study.record(),
        "items": listed(now),
        "gone": [
            (one, _left(one.state), decided(now, one.id)) for one in now.candidates.values() if one.left is not None
        ],
        "where": where(study),
        "open_round": now.open_round,
        "round_name": round_name(now.open_round) if now.open_round else "",
        "notes": [
            (CONCERNS[one.concern], [names[item] for item in one.items]) for one in notes(now, study.record().languages)
        ],
    }
    return render(request, "items/list.html", context)


def _left(state: State) -> str:
    kinds = {State.MERGED: Kind.MERGE, State.SPLIT: Kind.SPLIT, State.REMOVED: Kind.REMOVE}
    return str(KINDS[kinds[state]])


@needs(Permission.EDIT)
@require_POST
def start(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Begin with the items of the study document."""
    try:
        number = actions.start_from_document(study=request.study, actor=request.user)
    except CommonGroundError as error:
        tell(request, error)
    else:
        said = ngettext("%(number)s item is on the list now.", "%(number)s items are on the list now.", number)
        messages.success(request, said % {"number": number})
    return redirect("items:list", public_id)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Add an item; `from` names one off the list that it brings back."""
    record, now = request.study.record(), development_of(request.study)
    earlier = now.candidates.get(request.GET.get("from", ""))
    sent = request.POST if request.method == "POST" else None
    form = WordingForm(record.languages, sent, wording=earlier.wording if earlier else None)
    source = SourceForm(record, sent)
    if sent is not None and form.is_valid() and source.is_valid():
        told = source.source()
        try:
            item = actions.add_item(
                study=request.study,
                wording=form.wording(),
                sources=(told,) if told else (),
                actor=request.user,
                brings_back=(earlier.id,) if earlier else (),
            )
        except CommonGroundError as error:
            tell(request, error)
        else:
            messages.success(request, _("The item is on the list."))
            return redirect("items:item", public_id, item)
    context = {"study": request.study, "form": form, "source": source, "earlier": earlier}
    return render(request, "items/new.html", context, status=200 if sent is None else 422)


def tell(request: OwnerRequest, error: CommonGroundError) -> None:
    """Say why something could not be done."""
    if isinstance(error, actions.NotPossibleError):
        messages.warning(request, str(OBSTACLES[error.obstacle]))
    elif isinstance(error, StudyIsLockedError):
        messages.warning(request, _("The data of this study are locked. Nothing was changed."))
    else:
        messages.warning(request, str(error))
