"""A request about a study, as the gate (workspaces/gate.py) hands it on."""

from typing import cast

from django.shortcuts import get_object_or_404

from commonground.web.studies.models import Study
from commonground.web.workspaces.models import Workspace
from commonground.web.workspaces.requests import MemberRequest


class OwnerRequest(MemberRequest):
    """A request that came through the gate."""

    study: Study
    """On pages about a study only."""


def find_study(request: MemberRequest, public_id: str) -> Workspace | None:
    """Put the study on the request; a study that is in no workspace is nobody's."""
    study = get_object_or_404(Study.objects.select_related("workspace"), public_id=public_id)
    cast("OwnerRequest", request).study = study
    return study.workspace
