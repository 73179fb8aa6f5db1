"""Languages side by side: what is missing, every text beside its translation, and who translated."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.files.study_checks import texts_of as every_text
from commonground.files.yaml_lines import Path
from commonground.records.errors import StudyError
from commonground.records.study import Study as StudyRecord
from commonground.records.translation import Translation, TranslationCheck
from commonground.records.words import EVERY_LANGUAGE
from commonground.web.building.language_names import known_languages, name_here, name_inside
from commonground.web.building.language_rows import SECTIONS, Row, rows_of, section_titles, sections
from commonground.web.building.part_forms import Ask, Kind, PartForm, texts_of, words_of
from commonground.web.building.parts import Refusal, part_context, refuse
from commonground.web.building.saving import Values, save_part
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def languages(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How far each language is, section by section."""
    del public_id
    record = request.study.record()
    spoken = [(code, name_here(code)) for code in record.languages]
    listed = sections(record)
    missing = {code: sum(one.missing[code] for one in listed) for code in record.languages}
    told = {one.language: one for one in record.translations}
    context = part_context(request) | {
        "record": record,
        "spoken": spoken,
        "sections": [(one, [(code, one.missing[code]) for code in record.languages]) for one in listed],
        "missing": [(name_inside(code), missing[code]) for code in record.languages],
        "inside": [name_inside(code) for code in record.languages],
        "nothing_missing": not any(missing.values()),
        "others": [pair for pair in known_languages() if pair[0] not in record.languages],
        "told": [(code, name, _told(told.get(code))) for code, name in spoken[1:]],
    }
    return render(request, "building/languages.html", context)


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """The texts of one section in two languages, to be read and changed side by side."""
    del public_id
    if name not in SECTIONS:
        raise Http404
    record = request.study.record()
    rows = list(rows_of(record, name))
    pair = _pair(request, record)
    form = PartForm(_asks(rows), (), pair)
    form = form.filled({row.key: _plain(row) for row in rows}) if request.method == "GET" else form.sent(request.POST)
    if request.method == "POST":
        try:
            _save_texts(request, name, form, rows)
        except StudyError as error:
            refusal = refuse(form, error)
            return _section(request, name, form, rows, refusal=refusal, status=refusal.status)
        messages.success(request, _("The texts are saved."))
        return redirect("building:languages", request.study.public_id)
    return _section(request, name, form, rows)


@needs(Permission.EDIT)
@require_POST
def change_languages(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Add a language to the study, or take one away; texts written in it stay in the document."""
    del public_id
    added, dropped = request.POST.get("add", ""), request.POST.get("drop", "")
    record, is_launched = request.study.record(), request.study.launched_at is not None

    def change(values: Values) -> None:
        spoken = list(values.get("languages") or record.languages)
        if added in dict(known_languages()) and added not in spoken:
            if len(spoken) == 1 and not is_launched:
                _name_language(values, record, spoken[0])
            values["languages"] = [*spoken, added]
        elif dropped in spoken and len(spoken) > 1:
            values["languages"] = [code for code in spoken if code != dropped]

    _save(request, lambda values: values.get("languages"), change, _("languages"))
    return redirect("building:languages", request.study.public_id)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def translation_record(request: OwnerRequest, public_id: str, language: str) -> HttpResponse:
    """Who translated into a language, and how it was checked."""
    del public_id
    record = request.study.record()
    if language not in record.languages[1:]:
        raise Http404
    form = PartForm(_record_asks(), (), record.languages)
    if request.method == "GET":
        told = next((one for one in record.translations if one.language == language), None)
        form = form.filled(told.model_dump(mode="json") if told else {"checked": TranslationCheck.NOT_CHECKED.value})
        return _record_page(request, language, form)
    form = form.sent(request.POST)
    read = {name: value for name, value in form.read().items() if value}
    if form.errors:
        return _record_page(request, language, form, status=422)

    def change(values: Values) -> None:
        others = [one for one in values.get("translations") or () if one.get("language") != language]
        values["translations"] = [*others, {"language": language, **read}]

    try:
        save_part(
            study=request.study,
            actor=request.user,
            base=request.POST.get("base", ""),
            part=lambda values: values.get("translations"),
            change=change,
            note=_("translation"),
        )
    except StudyError as error:
        refusal = refuse(form, error)
        return _record_page(request, language, form, refusal=refusal, status=refusal.status)
    return redirect("building:languages", request.study.public_id)


def _save_texts(request: OwnerRequest, name: str, form: PartForm, rows: list[Row]) -> None:
    typed = form.read()
    record, is_launched = request.study.record(), request.study.launched_at is not None

    def change(values: Values) -> None:
        for row in rows:
            before = _plain(row)
            stood = {
                code: text for code, text in texts_of(before, record.languages).items() if code in record.languages
            }
            texts = {
                code: typed[row.key].get(code, "") if code in form.languages else text for code, text in stood.items()
            }
            texts = {code: text for code, text in {**texts, **typed[row.key]}.items() if text}
            made = words_of(texts, _open(before) if is_launched else before, record.languages)
            if texts != stood:
                _put(values, row.path, made)

    save_part(
        study=request.study,
        actor=request.user,
        base=request.POST.get("base", ""),
        part=lambda values: [values.get(field) for field in SECTIONS[name]],
        change=change,
        note=_("texts: %(section)s") % {"section": section_titles()[name]},
    )


def _save(request: OwnerRequest, part: Callable[[Values], object], change: Callable[[Values], None], note: str) -> None:
    try:
        base = request.POST.get("base", "")
        save_part(study=request.study, actor=request.user, base=base, part=part, change=change, note=note)
    except StudyError as error:
        for problem in error.problems:
            messages.warning(request, f"{problem.what} {problem.mend}".strip())


def _name_language(values: Values, record: StudyRecord, language: str) -> None:
    """Say of every plain text in which language it is, so that its translation is missed."""
    for path, words in every_text(record):
        if list(words.root) == [EVERY_LANGUAGE]:
            _put(values, path, {language: words.root[EVERY_LANGUAGE]})


def _put(values: Any, path: Path, made: Any) -> None:
    """Write a text into plain values, or take it away; parts on the way that the document leaves out are made."""
    for step in path[:-1]:
        values = values.setdefault(step, {}) if isinstance(step, str) else values[step]
    if made is None:
        del values[path[-1]]
    else:
        values[path[-1]] = made


def _plain(row: Row) -> Any:
    """A text as a document writes it."""
    return row.words.root[EVERY_LANGUAGE] if list(row.words.root) == [EVERY_LANGUAGE] else dict(row.words.root)


def _open(before: Any) -> Any:
    """A text for every language that stays so, with room for others beside it: its meaning has not changed."""
    return {EVERY_LANGUAGE: before} if isinstance(before, str) else before


def _pair(request: OwnerRequest, record: StudyRecord) -> tuple[str, ...]:
    """The two languages beside each other; all there is in a study of one language."""
    spoken = record.languages
    source = request.GET.get("from", "")
    source = source if source in spoken else spoken[0]
    target = request.GET.get("to", "")
    others = [code for code in spoken if code != source]
    return (source, target if target in others else others[0]) if others else (source,)


def _asks(rows: list[Row]) -> tuple[Ask, ...]:
    for_all = _("One text for every language.")
    return tuple(
        Ask(row.key, row.label, Kind.WORDS if row.is_short else Kind.LONG_WORDS, for_all if row.is_for_all else "")
        for row in rows
    )


def _record_asks() -> tuple[Ask, ...]:
    ways = {
        TranslationCheck.FORWARD_BACK: _("Translated back by another person and compared"),
        TranslationCheck.PANEL: _("Agreed on by a panel"),
        TranslationCheck.SECOND_READER: _("Read side by side by a second person"),
        TranslationCheck.NOT_CHECKED: _("Not checked"),
    }
    choices = tuple((way.value, words) for way, words in ways.items())
    return (
        Ask("translated_by", _("Who translated"), Kind.LINE, is_needed=True),
        Ask("checked", _("How it was checked"), Kind.CHOICE, choices=choices),
        Ask("checked_by", _("Who checked"), Kind.LINE),
        Ask("on", _("When it was finished"), Kind.LINE, _("Written like 2026-05-31, 2026-05 or 2026.")),
        Ask("note", _("Anything else, such as words that were hard to translate"), Kind.LINE),
    )


def _told(translation: Translation | None) -> str:
    """A translation record as a sentence."""
    if translation is None:
        return ""
    ways = dict(_record_asks()[1].choices)
    return f"{translation.translated_by} · {ways[translation.checked.value]}"


def _section(
    request: OwnerRequest,
    name: str,
    form: PartForm,
    rows: list[Row],
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    record = request.study.record()
    context = part_context(request, refusal) | {
        "name": name,
        "title": section_titles()[name],
        "form": form,
        "errors": form.all_errors,
        "pair": form.languages,
        "spoken": [(code, name_here(code)) for code in record.languages],
        "rows": _headed(rows, form),
    }
    return render(request, "building/language_section.html", context, status=status)


def _headed(rows: list[Row], form: PartForm) -> list[tuple[str, Any, Row]]:
    """Each text with the heading it begins, if it is the first of its question or item."""
    last, found = "", []
    for row, shown in zip(rows, form.shown(), strict=True):
        found.append((row.heading if row.heading != last else "", shown, row))
        last = row.heading
    return found


def _record_page(
    request: OwnerRequest, language: str, form: PartForm, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = part_context(request, refusal) | {
        "language": name_inside(language),
        "form": form,
        "errors": form.all_errors,
    }
    return render(request, "building/translation.html", context, status=status)
