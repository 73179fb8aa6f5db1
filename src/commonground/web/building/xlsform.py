"""Questions from an XLSForm: upload it, see what was taken over and what not, then put them into the questionnaire."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.files.xlsform import Imported, read_xlsform
from commonground.records.errors import CommonGroundError, Problem, StudyError
from commonground.web.building.language_names import name_here
from commonground.web.building.parts import part_context
from commonground.web.building.question_forms import copy_of, kind_name, with_renamed
from commonground.web.building.questions import SECTIONS
from commonground.web.building.saving import Values, save_part
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

SALT = "commonground.building.xlsform"
LARGEST = 2_000_000


class XlsFormForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("An XLSForm from this device"),
        help_text=gettext_lazy("A workbook (.xlsx) as ODK, KoboToolbox or SurveyCTO use it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def xlsform(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Ask for the workbook, show what it holds, and take it over when told to."""
    del public_id
    if "taken" in request.POST:
        return _confirmed(request)
    form = XlsFormForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        found = _read(form.cleaned_data["file"])
    except CommonGroundError as error:
        return _page(request, form, error.problems, status=422)
    return _found(request, found)


def _read(file: UploadedFile) -> Imported:
    if (file.size or 0) > LARGEST:
        raise StudyError([Problem(_("This file is larger than two megabytes."))])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(file.read())
        return read_xlsform(path)


def _found(request: OwnerRequest, found: Imported) -> HttpResponse:
    spoken = request.study.record().languages
    context = part_context(request) | {
        "found": found,
        "questions": [(question, kind_name(question.type.value)) for question in found.questions],
        "strange": [name_here(code) for code in found.languages if code not in spoken],
        "taken": signing.dumps(found.as_written(), salt=SALT, compress=True),
        "sections": _section_names(),
    }
    return render(request, "building/xlsform_found.html", context)


def _confirmed(request: OwnerRequest) -> HttpResponse:
    section = request.POST.get("section", "")
    section = section if section in SECTIONS else SECTIONS[0]
    try:
        questions: list[dict[str, Any]] = signing.loads(request.POST["taken"], salt=SALT)
    except signing.BadSignature:
        return redirect("building:xlsform", request.study.public_id)
    note = _("questions from an XLSForm")

    def change(values: Values) -> None:
        taken = {one["id"] for name in SECTIONS for one in values.get(name) or ()}
        values[section] = [*(values.get(section) or ()), *_under_free_ids(questions, taken)]

    try:
        base = request.study.document_hash
        save_part(study=request.study, actor=request.user, base=base, part=str, change=change, note=note)
    except StudyError as error:
        return _page(request, XlsFormForm(), error.problems, status=422)
    said = ngettext("%(number)s question was added.", "%(number)s questions were added.", len(questions))
    messages.success(request, said % {"number": len(questions)})
    return redirect(f"{reverse('building:questionnaire', args=[request.study.public_id])}#{section}")


def _under_free_ids(questions: list[dict[str, Any]], taken: set[str]) -> list[dict[str, Any]]:
    """The questions with ids that nothing else has; the rules among them follow."""
    added: list[dict[str, Any]] = []
    renamed: dict[str, str] = {}
    for question in questions:
        one = copy_of(question, taken) if question["id"] in taken else dict(question)
        renamed[question["id"]] = one["id"]
        taken.add(one["id"])
        if "show_if" in one:
            for old, new in renamed.items():
                one["show_if"] = with_renamed(one["show_if"], old, new, {})
        added.append(one)
    return added


def _section_names() -> list[tuple[str, str]]:
    names = (_("Before the tasks"), _("After the tasks"), _("At the end"))
    return list(zip(SECTIONS, names, strict=True))


def _page(
    request: OwnerRequest, form: XlsFormForm, problems: tuple[Problem, ...] = (), *, status: int = 200
) -> HttpResponse:
    return render(
        request, "building/xlsform.html", part_context(request) | {"form": form, "problems": problems}, status=status
    )
