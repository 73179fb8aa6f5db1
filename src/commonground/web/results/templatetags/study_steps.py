"""`{% study_steps %}`: the line of steps on every page of a study."""

from typing import TYPE_CHECKING, cast

from django import template

from commonground.web.results.where import facts_of, steps_shown
from commonground.web.studies.models import Study

if TYPE_CHECKING:
    from commonground.web.studies.gate import OwnerRequest

register = template.Library()


@register.inclusion_tag("look/components/steps.html", takes_context=True)
def study_steps(context: template.Context) -> dict[str, object]:
    """Where the study stands; nothing for a published one, which goes no way."""
    request = cast("OwnerRequest", context["request"])
    study = request.study
    if study.kind == Study.Kind.PUBLISHED:
        return {"steps": ()}
    return {"steps": steps_shown(study, request.role, facts_of(study))}
