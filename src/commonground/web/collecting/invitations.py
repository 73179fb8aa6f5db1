"""Personal invitations: made in bulk, downloaded once."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.files.text_tables import text_csv
from commonground.web.collecting.actions import make_invitations
from commonground.web.collecting.forms import InvitationsForm
from commonground.web.collecting.links import all_links
from commonground.web.look.templatetags.look import Column
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def invitations(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How many there are, and a form for more, which answers with the list of links."""
    del public_id
    links, was_sent = all_links(request.study), request.method == "POST"
    form = InvitationsForm(links, request.POST if was_sent else None)
    if was_sent and form.is_valid():
        source = next((one for one in links if one.slug == form.cleaned_data["source"] and one.slug), None)
        tokens = make_invitations(
            study=request.study, number=form.cleaned_data["number"], source=source, actor=request.user
        )
        return _list_of_links(request.study, tokens)
    columns = (
        Column(label=_("Link")),
        Column(label=_("invitations"), number=True),
        Column(label=_("used"), number=True),
    )
    context = {
        "study": request.study, "form": form, "columns": columns, "rows": _rows(request.study),
        "plain": links[0],
    }  # fmt: skip
    return render(request, "collecting/invitations.html", context, status=422 if was_sent else 200)


def _rows(study: Study) -> list[tuple[object, ...]]:
    counted = study.invitations.order_by("source").values_list("source__label")
    made = counted.annotate(made=Count("pk"), used=Count("pk", filter=Q(is_used=True)))
    return [(label or _("The plain link"), number, used) for label, number, used in made]


def _list_of_links(study: Study, tokens: tuple[str, ...]) -> HttpResponse:
    links = tuple(f"{study.public_url}?invitation={token}" for token in tokens)
    return HttpResponse(
        text_csv({"invitation": tokens, "link": links}),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{study.public_id}-invitations.csv"'},
    )
