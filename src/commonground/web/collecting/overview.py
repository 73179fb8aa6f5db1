"""The page of collecting: whether it is open, people by link, where they stop, and the pilot."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.records.sessions import Status
from commonground.records.study import Study as StudyRecord
from commonground.survey.flow import PageKind
from commonground.web.collecting.counts import people_of, ways_of
from commonground.web.collecting.links import all_links
from commonground.web.collecting.progress import PageProgress, SourceProgress, by_page, by_source
from commonground.web.look.templatetags.look import Column, said
from commonground.web.respond.doors import Shut, shut_now
from commonground.web.respond.models import Session
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Stage, Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

Rows = list[tuple[object, ...]]


@needs(Permission.VIEW)
@never_cache
@require_GET
def overview(request: OwnerRequest, public_id: str) -> HttpResponse:
    """How collecting stands."""
    del public_id
    study, record = request.study, request.study.record()
    people = people_of(study)
    pilot = Session.objects.of(study, pilot=True)
    context = {
        "study": study,
        "state": state_words(study, record, timezone.now()),
        "sources": [_source_row(study, record, one) for one in by_source(people)],
        "source_columns": _source_columns(record),
        "pages": [_page_row(one) for one in by_page(ways_of(study))] if people else [],
        "page_columns": _page_columns(),
        "quotas": _quota_rows(record, people),
        "quota_columns": _quota_columns(),
        "may_pilot": study.stage in {Stage.PREPARING, Stage.PILOT},
        "pilot_people": pilot.count(),
        "pilot_complete": pilot.filter(status=Status.COMPLETE).count(),
    }
    return render(request, "collecting/overview.html", context)


def state_words(study: Study, record: StudyRecord, now: datetime) -> str:
    """Whether people can answer now, and from when until when, in a sentence or two."""
    words = [_stage_words(study, shut_now(study, record, now))]
    dates = record.fielding
    if dates.opens_on is not None:
        words.append(_("The first day is %(day)s.") % {"day": date_format(dates.opens_on)})
    if dates.closes_on is not None:
        words.append(_("The last day is %(day)s.") % {"day": date_format(dates.closes_on)})
    if dates.opens_on or dates.closes_on:
        clock = now.astimezone(UTC).strftime("%H:%M")
        words.append(_("Days begin and end by universal time (UTC); it is %(clock)s there now.") % {"clock": clock})
    return " ".join(words)


def _stage_words(study: Study, shut: Shut | None) -> str:
    if study.is_open and study.is_pilot:
        return _("The pilot is open: whoever has a link can answer, and the answers are kept apart.")
    if shut is None:
        return _("The study is open: whoever has a link can take part.")
    if shut == Shut.NOT_YET:
        return _("The study is switched on, but its first day has not come: nobody can begin yet.")
    if shut == Shut.OVER:
        return _("The last day is over: nobody can answer any more.")
    return _("Nobody can answer now: the study is not open.")


def _source_columns(record: StudyRecord) -> tuple[Column, ...]:
    headings = (_("complete"), *(said(group.short_label) for group in record.groups), _("fit the study"), _("agreed"))
    return (Column(label=_("Link")), *(Column(label=label, number=True) for label in headings))


def _source_row(study: Study, record: StudyRecord, one: SourceProgress) -> tuple[object, ...]:
    link = next((link for link in all_links(study) if link.slug == one.source), None)
    complete = number_format(one.complete)
    if link is not None and link.planned:
        complete = _("%(complete)d of %(planned)d") % {"complete": one.complete, "planned": link.planned}
    by_group = (one.complete_by_group.get(group.id, 0) for group in record.groups)
    return (link.label if link else one.source, complete, *by_group, one.eligible, one.consented)


def _page_columns() -> tuple[Column, ...]:
    headings = (_("went past it"), _("stopped here"), _("usual seconds"))
    return (Column(label=_("Page")), *(Column(label=label, number=True) for label in headings))


def _page_row(page: PageProgress) -> tuple[object, ...]:
    seconds = "" if page.seconds is None else number_format(page.seconds, 0)
    return (page_words(page.key), page.sent, page.stopped, seconds)


def page_words(key: str) -> str:
    """What owners call a page."""
    kind, _dash, number = key.partition("-")
    names = {
        "": _("Agreed to take part"),
        PageKind.BACKGROUND: _("First questions, page %(number)s"),
        PageKind.WORDS: _("How it works"),
        PageKind.EXAMPLE: _("An example"),
        PageKind.TASK: _("Task %(number)s"),
        PageKind.QUALITY: _("How was it to answer?"),
        PageKind.DEMOGRAPHICS: _("Last questions, page %(number)s"),
    }
    return names.get(kind, key) % {"number": number}


def _quota_columns() -> tuple[Column, ...]:
    return (Column(label=_("Partner group")), Column(label=_("complete"), number=True), Column(label=_("State")))


def _quota_rows(record: StudyRecord, people: dict[tuple[str, str, str], int]) -> Rows:
    rows: Rows = []
    for quota in record.fielding.quotas:
        complete = sum(
            number for (_from, group, status), number in people.items()
            if group == quota.group and status == Status.COMPLETE
        )  # fmt: skip
        words = _("%(complete)d of %(planned)d") % {"complete": complete, "planned": quota.most}
        turned_away = _("full") if complete >= quota.most else _("open")
        rows.append((said(record.group(quota.group).label), words, turned_away))
    return rows
