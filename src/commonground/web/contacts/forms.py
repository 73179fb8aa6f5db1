"""What people fill in when they leave details, and what those fill in who look after the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonground.web.contacts.vault import Details


class DetailsForm(forms.Form):
    """How to reach a person. `website` is hidden from people; only programs fill it in."""

    reach = forms.CharField(
        label=_("Your e-mail address, or another way to reach you"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Please write how we can reach you, or close this page.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    website = forms.CharField(required=False, max_length=500)

    @property
    def details(self) -> Details:
        """What was given."""
        return Details(self.cleaned_data["reach"], self.cleaned_data["name"])


class RemovalForm(forms.Form):
    """The address of a person who asked to be deleted."""

    reach = forms.CharField(label=_("Address of the person, as they left it"), max_length=200)


class DrawForm(forms.Form):
    """A seed that was agreed on before; empty for one made by chance."""

    seed = forms.CharField(
        label=_("A number agreed on before the draw"),
        help_text=_("Such as the numbers of a public lottery. Leave it empty and the machine takes one by chance."),
        max_length=64,
        required=False,
    )
