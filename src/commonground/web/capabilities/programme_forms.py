"""Forms of a programme, its modules and their outcomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.competencies.framework import Framework
from commonground.competencies.plan import ACTIVITIES
from commonground.web.look.templatetags.look import said

LEVELS = [(6, _("6 (bachelor)")), (7, _("7 (master)")), (8, _("8 (doctorate)"))]


class ModuleForm(forms.Form):
    """A module without its outcomes."""

    title = forms.CharField(label=_("Its title"), max_length=200)
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVELS, coerce=int, initial=7)
    activities = forms.MultipleChoiceField(
        label=_("Ways of learning"), required=False, widget=forms.CheckboxSelectMultiple
    )
    assessment = forms.CharField(label=_("How it is assessed"), required=False, max_length=600)
    staff = forms.CharField(label=_("Who teaches and supports"), required=False, max_length=300)
    variants = forms.CharField(
        label=_("Local differences, one a line"),
        required=False,
        max_length=3000,
        help_text=_("Place, colon, what is different there. For example: Norway: taught in spring."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = self.fields["activities"]
        ways.choices = [(one.id, said(one.label)) for one in ACTIVITIES]  # type: ignore[attr-defined]  # a choice field has them


class OutcomeForm(forms.Form):
    """What learners can do afterwards, and the capabilities that serves."""

    text = forms.CharField(label=_("Afterwards, learners can …"), max_length=600)
    capabilities = forms.MultipleChoiceField(
        label=_("What it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served = self.fields["capabilities"]
        served.choices = [(one.id, said(one.name)) for one in framework.capabilities]  # type: ignore[attr-defined]  # as above


class AboutForm(forms.Form):
    """Who gets in, where the programme bends, what carries people through: one thing a line."""

    title = forms.CharField(label=_("What the programme is called"), max_length=200)
    entry = forms.CharField(
        label=_("What is asked for at entry"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    flexibility = forms.CharField(
        label=_("Where a student’s programme may change"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    support = forms.CharField(
        label=_("What helps people persevere"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
