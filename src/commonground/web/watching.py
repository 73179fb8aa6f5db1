"""What whoever watches over a site asks it: is it alive, is it ready, how is it doing. Nothing about any person."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connections
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from commonground import __version__
from commonground.web.environment import LOOPBACK
from commonground.web.meter import ANSWERS, LIMITS, counted
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.models import Study

LATE = timedelta(minutes=2)
"""A job that has waited so long while none is worked on: no worker is there."""

Sample = tuple[str, dict[str, str], float]


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers; it asks nobody else."""
    del request
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can answer: 503 where a database is not there. A late worker is told, and hinders nobody."""
    del request
    found = {"answers": _is_there("default"), "contacts": _is_there("contacts")}
    works = all(found.values())
    told = {name: "ok" if there else "not there" for name, there in found.items()}
    told["worker"] = ("late" if _seconds_waiting() > LATE.total_seconds() else "ok") if works else "unknown"
    return JsonResponse(told, status=200 if works else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the text format of Prometheus, for this machine or whoever has the token."""
    if not _may_watch(request):
        return HttpResponse("Send the token: Authorization: Bearer …\n", status=403, content_type="text/plain")
    lines = list(_written(_requests())) + list(_written(_database()))
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_watch(request: HttpRequest) -> bool:
    """Behind a proxy everybody may seem to be this machine; so a site with a public address wants its token."""
    token = settings.ENVIRONMENT.metrics_token
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    host = settings.ENVIRONMENT.origin.rpartition("/")[2].rpartition(":")[0]
    is_own = host in LOOPBACK and not settings.ENVIRONMENT.trusts_proxy
    return is_own and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


def _is_there(name: str) -> bool:
    try:
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _seconds_waiting() -> float:
    """How long the oldest job has waited that could be worked on, while none is."""
    if DBTaskResult.objects.running().exists():
        return 0.0
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def _requests() -> Iterator[tuple[str, str, str, list[Sample]]]:
    """Counters of requests since the site was started."""
    answers: list[Sample] = []
    times: list[Sample] = []
    for name, side in counted().items():
        answers += [
            ("", {"side": name, "status": kind}, number) for kind, number in zip(ANSWERS, side.answers, strict=True)
        ]
        so_far = 0.0
        for most, number in zip(LIMITS, side.within, strict=True):
            so_far += number
            times.append(("_bucket", {"side": name, "le": "+Inf" if most == float("inf") else str(most)}, so_far))
        times += [("_sum", {"side": name}, side.seconds), ("_count", {"side": name}, so_far)]
    yield "requests_total", "counter", "Requests answered, by side of the site and kind of answer.", answers
    yield "request_seconds", "histogram", "Seconds to an answer.", times


def _database() -> Iterator[tuple[str, str, str, list[Sample]]]:
    """What is there now, of the whole site."""
    by_status = Session.objects.order_by().values_list("status").annotate(Count("pk"))
    jobs = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    yield "info", "gauge", "The version that runs.", [("", {"version": __version__}, 1)]
    yield "studies_open", "gauge", "Studies that take answers.", [("", {}, Study.objects.filter(is_open=True).count())]
    yield "sessions", "gauge", "Sessions of all studies.", [("", {"status": one}, number) for one, number in by_status]
    yield "task_answers", "gauge", "Tasks answered in all studies.", [("", {}, TaskAnswer.objects.count())]
    yield "jobs", "gauge", "Jobs of the workers.", [("", {"state": one.lower()}, number) for one, number in jobs]
    yield "job_waiting_seconds", "gauge", "Age of the oldest job nobody works on.", [("", {}, _seconds_waiting())]
    yield "free_bytes", "gauge", "Room in the data directory.", [("", {}, shutil.disk_usage(Path(settings.DATA)).free)]


def _written(found: Iterator[tuple[str, str, str, list[Sample]]]) -> Iterator[str]:
    for name, kind, words, samples in found:
        yield f"# HELP commonground_{name} {words}"
        yield f"# TYPE commonground_{name} {kind}"
        for ending, labels, value in samples:
            inside = ",".join(f'{label}="{text}"' for label, text in labels.items())
            yield f"commonground_{name}{ending}{f'{{{inside}}}' if inside else ''} {value:.10g}"
