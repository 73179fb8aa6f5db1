"""What has to be done on its day, whether or not anybody looks: the worker does it at its start and then every hour."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

LOG = logging.getLogger("commonground.daily")
SECONDS = 3600

Job = Callable[[datetime], object]


def jobs() -> tuple[Job, ...]:
    """Everything that has a day; each is told the moment and does nothing where nothing is due."""
    from commonground.web.accounts.signing_in import forget_ended_sessions
    from commonground.web.contacts.actions import purge_due
    from commonground.web.contacts.traces import write_tables_anew
    from commonground.web.partnerships.rounds import forget_due
    from commonground.web.respond.arrivals import destroy_due_keys
    from commonground.web.respond.throttle import forget_tries

    return (forget_due, purge_due, write_tables_anew, destroy_due_keys, forget_tries, forget_ended_sessions)


def do_what_is_due(now: datetime) -> None:
    """Do every job; one that fails is told in the log and keeps no other from being done."""
    for job in jobs():
        try:
            job(now)
        except Exception:
            LOG.exception("what is due each day was not done")


def keep_days() -> None:
    """Do what is due now and every hour, beside whatever else this process does."""
    threading.Thread(target=_keep, daemon=True, name="daily").start()


def _keep() -> None:
    from django.db import connections
    from django.utils import timezone

    while True:
        do_what_is_due(timezone.now())
        connections.close_all()
        threading.Event().wait(SECONDS)
