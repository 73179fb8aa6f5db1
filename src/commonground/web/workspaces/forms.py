"""Forms about workspaces. A form about a role asks for the role and nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.web.workspaces.models import Asked, Workspace
from commonground.web.workspaces.roles import Role


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs' generic form cannot be subscripted at run time
    """The name of a workspace."""

    class Meta:
        model = Workspace
        fields = ("name",)
        labels = {"name": _("Name of the workspace")}
        help_texts = {"name": _("For example the name of your team or project. Only members see it.")}


class RoleForm(forms.Form):
    """What a member is there for."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.VIEWER)


class AskedForm(forms.Form):
    """Of whom a second factor is asked."""

    second_factor = forms.ChoiceField(label=_("A second factor is asked of"), choices=Asked.choices)
