"""The addresses of a running site, for whoever started it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from commonground.web.accounts.first_run import issue_token, needs_owner
from commonground.web.results.models import ReportJob
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class StudyAddresses:
    """Where one study is. `public` is empty for a published study, `report` where none was made."""

    title: str
    kind: str
    is_open: bool
    public: str
    owner: str
    report: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where everything is. `first_run` is empty once there is an owner; what is below `studies` is the demo's."""

    data: Path
    site: str
    first_run: str
    studies: tuple[StudyAddresses, ...]
    sign_in: str = ""
    email: str = ""
    password: str = ""
    partnership: str = ""
    partner_link: str = ""


def collect(data: Path) -> Addresses:
    """Find every address; on a site without an owner, make a new first-run token."""
    return Addresses(
        data=data.absolute(),
        site=f"{settings.SITE_URL}/",
        first_run=_first_run(data) if needs_owner() else "",
        studies=tuple(_study(study) for study in Study.objects.all()),
    )


def _first_run(data: Path) -> str:
    return f"{settings.SITE_URL}{reverse('start')}?token={issue_token(data)}"


def _study(study: Study) -> StudyAddresses:
    newest = ReportJob.objects.filter(study=study, state=ReportJob.State.DONE).first()
    return StudyAddresses(
        title=study.title,
        kind=study.kind,
        is_open=study.is_open,
        public="" if study.kind == Study.Kind.PUBLISHED else study.public_url,
        owner=f"{settings.SITE_URL}{study.get_absolute_url()}",
        report=f"{settings.SITE_URL}{newest.get_absolute_url()}" if newest else "",
    )
