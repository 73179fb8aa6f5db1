"""The processes of a site: this one, which waits; those that answer requests; those that make reports.

All children watch this process and end when it ends, however it ends, so that nothing is left behind.
"""

import atexit
import http
import http.client
import multiprocessing
import os
import platform
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

THREADS = 8
"""Requests that each process answers at once; more would wait for each other anyway."""

STOP_SECONDS = 10
RESTART_SECONDS = 5

_STDERR = {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}
_LOGS = {
    "formatters": {"lines": {"()": "commonground.web.logs.JsonLines"}},
    "handlers": {"console": _STDERR, "access": _STDERR},
}
"""The server's own log would go to standard output, where --json promises one object and nothing else."""


def serve(host: str, port: int, *, ready: Callable[[], None], processes: int = 1, workers: int = 1) -> None:
    """Answer requests and work on jobs until interrupted; `ready` is called once the site answers.

    Parameters
    ----------
    processes, workers : int
        How many processes answer requests, and how many make reports; none where another machine does that.
    """
    multiprocessing.set_start_method("spawn", force=True)  # a forked child would share our database connection
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from commonground.web.meter import forget_counts

    forget_counts(Path(settings.DATA))

    server = Server(
        target="commonground.web.site.attached:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
        log_dictconfig=_LOGS,
    )
    jobs = [JobWorker(name_of(number)) for number in range(1, workers + 1)]
    if jobs:
        give_up_jobs()
    for one in jobs:
        one.start()
    server.on_startup(lambda: threading.Thread(target=_tell, args=(host, port, ready), daemon=True).start())
    try:
        server.serve()
    finally:
        for one in jobs:
            one.stop()


class JobWorker:
    """A process that makes reports; started again, after a pause, should it ever fall over."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper")

    def start(self) -> None:
        """Start the process and watch over it."""
        self._keeper.start()

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self._stopping.set()
        self._keeper.join()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            process = multiprocessing.Process(target=work, args=(self._name,), name="commonground-worker")
            process.start()
            while process.is_alive() and not self._stopping.wait(0.2):
                pass
            if process.is_alive():
                end(process)
            self._stopping.wait(RESTART_SECONDS)


def end(process: BaseProcess) -> None:
    """End a child: politely, then not."""
    process.terminate()
    process.join(STOP_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()


def name_of(number: int) -> str:
    """What a worker is called, the same each time it is started again."""
    return f"{platform.node()[:50]}-{number}"


def give_up_jobs(worker: str = "") -> None:
    """Mark jobs as interrupted that are said to run: those of a worker that starts again, or all when a site starts."""
    from django_tasks_db.models import DBTaskResult

    from commonground.web.building import design_jobs
    from commonground.web.building.tasks import weigh_offers_task
    from commonground.web.results.actions import give_up_interrupted
    from commonground.web.results.tasks import make_report_task

    stopped = [job for job in DBTaskResult.objects.running() if not worker or worker in job.worker_ids]
    for job in stopped:
        job.set_failed(SystemExit("the site was stopped"))
    for task, give_up in (
        (make_report_task, give_up_interrupted),
        (weigh_offers_task, design_jobs.give_up_interrupted),
    ):
        mine = [job.args_kwargs["args"][0] for job in stopped if job.task_path == task.module_path]
        give_up(mine if worker else None)


def work(name: str) -> None:
    """Work on jobs, one after the other. The body of a worker process."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the parent decides
    import django

    django.setup()
    from django_tasks_db.management.commands.db_worker import Worker

    from commonground.web.site.daily import keep_days

    give_up_jobs(name)
    keep_days()
    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )

    def leave(_signal: int, _frame: object) -> None:
        worker.running = False
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    worker.run()


def end_with_parent() -> None:
    """Let this child process end as soon as its parent has gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


def leave_at_once() -> None:
    """Let this child process skip taking Python apart at its end.

    The server's own threads may still wait for Python then, and would abort with a panic; every answer acknowledged is
    on disk long before.
    """
    if multiprocessing.parent_process() is not None:
        atexit.register(os._exit, 0)


def _tell(host: str, port: int, ready: Callable[[], None]) -> None:
    while not _is_up(host, port):
        time.sleep(0.1)
    ready()


def _is_up(host: str, port: int) -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked there, not listened on
    connection = http.client.HTTPConnection(everywhere.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
