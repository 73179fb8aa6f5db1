"""Forms of the lead and of partners."""

from collections.abc import Mapping, Sequence

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonground.partnership.lists import LONGEST_LABEL
from commonground.partnership.publication import Sharing
from commonground.partnership.second_look import Going
from commonground.partnership.tasks import FEWEST_ITEMS, MOST_ITEMS
from commonground.records.study import Item
from commonground.web.accounts.models import User
from commonground.web.look.templatetags.look import said

MOST_PARTNERS = 30


class DayInput(forms.DateInput):
    """A day, as browsers let people choose one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StartForm(forms.Form):
    """Three questions: what on, who, when."""

    name = forms.CharField(
        label=_("What are you working on?"),
        max_length=200,
        help_text=_("A few words that everybody recognises, such as: less pain at blood tests."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    people = forms.CharField(
        label=_("Who is in?"),
        required=False,
        max_length=6000,
        help_text=_(
            "One person a line: name, comma, role. For example: Amina, parent. You can leave this empty and send one "
            "link to everybody instead."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    meets_on = forms.DateField(
        label=_("When do you meet?"),
        required=False,
        widget=DayInput(),
        help_text=_("Roughly is fine; it can change."),
    )

    def clean_people(self) -> list[tuple[str, str]]:
        """Names with roles; an empty line is passed over."""
        people = read_people(self.cleaned_data["people"])
        if len(people) > MOST_PARTNERS:
            raise forms.ValidationError(_("A partnership here has up to 30 people. For more, start a study."))
        return people


def read_people(text: str) -> list[tuple[str, str]]:
    r"""Lines of "name, role" as pairs; a missing role is empty.

    Examples
    --------
    >>> read_people("Amina, parent\n\nBo")
    [('Amina', 'parent'), ('Bo', '')]
    """
    parts = (line.partition(",") for line in text.splitlines() if line.strip(" ,"))
    return [(name.strip()[:100], role.strip()[:100]) for name, _comma, role in parts]


class DetailsForm(forms.Form):
    """What can be changed about a partnership at any time."""

    name = forms.CharField(label=_("What are you working on?"), max_length=200)
    work = forms.CharField(
        label=_("In a few sentences, if you like"),
        required=False,
        max_length=2000,
        help_text=_("Partners read this before they answer."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    meets_on = forms.DateField(label=_("When do you meet?"), required=False, widget=DayInput())
    deletes_on = forms.DateField(
        label=_("When is everything deleted?"),
        widget=DayInput(),
        help_text=_("On this day names, answers, results and agreements are deleted here. Partners see the day."),
    )


class JoinForm(forms.Form):
    """Who joins: a name for the others, and a role if the person wants to say one."""

    name = forms.CharField(
        label=_("Your name, as the others know it"),
        max_length=100,
        help_text=_("It stands beside what you agree to later. It never stands beside your answers unless you say so."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.CharField(
        label=_("Your role, in your own words"),
        required=False,
        max_length=100,
        help_text=_("Such as parent, nurse, researcher. You may leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PersonForm(forms.Form):
    """One more person with a link of their own."""

    name = forms.CharField(label=_("Name"), max_length=100)
    role = forms.CharField(label=_("Role"), required=False, max_length=100)


class FacilitatorForm(forms.Form):
    """Who holds the data; nobody named means the lead."""

    facilitator = forms.ModelChoiceField(
        label=_("Who holds the data?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Whoever leads the partnership"),
        help_text=_("Only this person closes the questions, opens the results and deletes."),
    )

    def __init__(self, *args: object, people: QuerySet[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it takes
        self.fields["facilitator"].queryset = people  # type: ignore[attr-defined]  # a choice among models has one


class ListForm(forms.Form):
    """A list of 6 to 16 things, one a line, and the question they are weighed by."""

    question = forms.CharField(
        label=_("The question above every set"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    items = forms.CharField(
        label=_("The list, one thing a line"),
        max_length=8000,
        help_text=_("After a vertical bar you can explain it: Time | hours that people can really give."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def clean_items(self) -> list[tuple[str, str]]:
        """Labels with definitions, 6 to 16 of them, none twice."""
        lines = [line.partition("|") for line in self.cleaned_data["items"].splitlines() if line.strip(" |")]
        found = [(label.strip(), meaning.strip()) for label, _bar, meaning in lines]
        if not FEWEST_ITEMS <= len(found) <= MOST_ITEMS:
            raise forms.ValidationError(
                _("A list has 6 to 16 things; this one has %(number)s.") % {"number": len(found)}
            )
        labels = [label.casefold() for label, _meaning in found]
        twice = next((label for label, _meaning in found if labels.count(label.casefold()) > 1), "")
        if twice:
            raise forms.ValidationError(_("“%(item)s” stands here twice.") % {"item": twice})
        if longest := next((label for label, _meaning in found if len(label) > LONGEST_LABEL), ""):
            raise forms.ValidationError(
                _("“%(item)s” is too long for a card on a phone: at most %(most)s letters. Explain it after a bar.")
                % {"item": longest, "most": LONGEST_LABEL}
            )
        return found


class SharingForm(forms.Form):
    """What may be shown of each thing, and of a small group; a field for each thing of the list, named as it is."""

    CONSENTS = ("team", "role", "late")

    name = forms.CharField(
        label=_("Name to show"),
        required=False,
        max_length=100,
        help_text=_("Only beside what you share as yourself."),
    )
    consent_role = forms.BooleanField(
        label=_(
            "If only three or four people share my role, what they have in common may be shown, when all of them agree."
        ),
        required=False,
    )
    consent_team = forms.BooleanField(
        label=_("If only three people answer in all, the picture of the three may be shown, when all of them agree."),
        required=False,
    )
    consent_late = forms.BooleanField(
        label=_("If one or two people answer late, the results may be made again with them, when all of us agree."),
        required=False,
    )

    def __init__(self, *args: object, items: Sequence[Item], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it takes
        self.items = [item.id for item in items]
        for item in items:
            self.fields[item.id] = forms.ChoiceField(
                choices=SHARINGS, widget=forms.RadioSelect, initial=Sharing.KEEP, required=False
            )

    def clean(self) -> None:
        """Sharing as oneself takes a name."""
        if Sharing.NAMED in self.shares().values() and not self.shown_name():
            self.add_error("name", _("Give the name to show, or share without a name."))

    def shares(self) -> dict[str, str]:
        """What was chosen, thing by thing; what is kept is left out."""
        chosen = {item: str(self.cleaned_data.get(item) or Sharing.KEEP) for item in self.items}
        return {item: choice for item, choice in chosen.items() if choice != Sharing.KEEP}

    def consents(self) -> dict[str, bool]:
        """What else was allowed."""
        return {name: bool(self.cleaned_data.get(f"consent_{name}")) for name in self.CONSENTS}

    def shown_name(self) -> str:
        """The name, if anything is shared under it."""
        is_named = Sharing.NAMED in self.shares().values()
        return str(self.cleaned_data.get("name", "")) if is_named else ""

    @classmethod
    def kept(cls, shares: Mapping[str, str], consents: Mapping[str, bool], name: str) -> dict[str, object]:
        """What a voice holds, as the form's first values."""
        return {**shares, **{f"consent_{key}": consents.get(key, False) for key in cls.CONSENTS}, "name": name}


SHARINGS = [
    (Sharing.KEEP, _("Keep private")),
    (Sharing.UNNAMED, _("Share without my name")),
    (Sharing.NAMED, _("Share as me")),
]


class NoteForm(forms.Form):
    """Something agreed, as it is written down in the meeting."""

    text = forms.CharField(
        label=_("We agreed …"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One sentence.")
    )
    who = forms.CharField(label=_("Who does it"), required=False, max_length=100)
    due = forms.DateField(label=_("By when"), required=False, widget=DayInput())


class GoingForm(forms.Form):
    """How it is going with what the team shared or split on last time; all of it may be left out."""

    def __init__(
        self, *args: object, items: Sequence[Item], kept: Mapping[str, Mapping[str, object]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what it takes
        self.items = items
        for item in items:
            before = kept.get(item.id, {})
            self.fields[f"going-{item.id}"] = forms.TypedChoiceField(
                label=said(item.label),
                choices=[*GOING, ("", _("not said"))],
                coerce=int,
                empty_value=None,
                required=False,
                initial=before.get("level"),
                widget=forms.Select(attrs={"class": "input"}),
            )
            self.fields[f"example-{item.id}"] = forms.CharField(
                label=_("An example, for yourself, to bring along"),
                required=False,
                max_length=600,
                initial=before.get("example", ""),
            )

    def said(self) -> dict[str, dict[str, object]]:
        """What was said, thing by thing; what was left out is left out."""
        found = {
            item.id: {
                "level": self.cleaned_data[f"going-{item.id}"],
                "example": self.cleaned_data[f"example-{item.id}"],
            }
            for item in self.items
        }
        return {item: one for item, one in found.items() if one["level"] is not None or one["example"]}


GOING = [
    (Going.NOT_AT_ALL.value, _("not at all")),
    (Going.BARELY.value, _("barely")),
    (Going.PARTLY.value, _("in part")),
    (Going.MOSTLY.value, _("mostly")),
    (Going.WELL.value, _("well")),
]
