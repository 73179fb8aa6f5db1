"""The files an owner can take away: always made from the answers of this moment."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.files.choices import choices_csv
from commonground.files.counts import counts_csv
from commonground.files.designs import design_csv
from commonground.files.respondents import respondents_csv
from commonground.published.tables import count_table
from commonground.web.respond.export import choice_data
from commonground.web.screening.tables import locked_table
from commonground.web.snapshots import snapshot
from commonground.web.studies.designs import design_of
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

CSV = "text/csv; charset=utf-8"


def _choices(study: Study) -> str:
    return choices_csv(choice_data(study))


def _respondents(study: Study) -> str:
    return respondents_csv(locked_table(study))


def _design(study: Study) -> str:
    return design_csv(design_of(study), [item.id for item in study.record().items])


def _counts(study: Study) -> str:
    del study  # there is one published study
    return counts_csv(count_table())


def _document(study: Study) -> str:
    return study.document


FILES: dict[str, tuple[str, Callable[[Study], str]]] = {
    "choices.csv": (CSV, _choices),
    "respondents.csv": (CSV, _respondents),
    "design.csv": (CSV, _design),
    "counts.csv": (CSV, _counts),
    "study.yaml": ("application/yaml; charset=utf-8", _document),
}
"""File name to media type and content."""


def offered(study: Study) -> tuple[str, ...]:
    """The files there are for this study."""
    if study.kind == Study.Kind.PUBLISHED:  # the answers of single people were never published
        return ("counts.csv", "study.yaml")
    return ("choices.csv", "respondents.csv", "design.csv", "study.yaml")


@needs(Permission.DATA)
@never_cache
@require_GET
def download(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """One file, named after the study so that two downloads do not mix."""
    if name not in offered(request.study):
        raise Http404
    media_type, content = FILES[name]
    with snapshot():
        made = content(request.study)
    return attachment(made, f"{public_id}-{name}", media_type)


def attachment(content: str | bytes, name: str, media_type: str) -> HttpResponse:
    """A response that a browser saves."""
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
