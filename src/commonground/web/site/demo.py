"""Fills the demo site: a living study answered by simulated people, the published one, and a partnership."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commonground.files.templates import template_text
from commonground.published.participants import FLOW, answer_shares
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.simulation.fielding import simulate_study
from commonground.web.accounts.links import sign_in_path
from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partnership
from commonground.web.respond.importing import store_sessions
from commonground.web.results.making import make_report
from commonground.web.results.models import ReportJob
from commonground.web.site.addresses import Addresses
from commonground.web.site.demo_items import develop
from commonground.web.site.demo_team import TEAM, bring_together
from commonground.web.studies.actions import add_study, set_open
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study

TEMPLATE = "partner-priorities"
LIVING, PUBLISHED = "partner-priorities", "published-priorities"
EMAIL = "demo@localhost"
KEPT_IN = "demo-password"
SEED = 20250

PUBLISHED_TITLE = "The published study: priorities for partnership in knowledge mobilization"

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

PARTS = 4
"""The account with its partnership, the answers, and two reports: what a first start makes."""

STEPS_OF_A_PART = 1000
"""A bar moves within a part as well."""


def fill(data: Path, *, progress: Progress) -> User:
    """Make whatever of the demo is not there yet; what visitors have answered stays."""
    owner = _owner(data)
    with transaction.atomic():
        bring_together(owner, timezone.localdate())
    progress(STEPS_OF_A_PART, PARTS * STEPS_OF_A_PART)
    living = _living(owner)
    progress(2 * STEPS_OF_A_PART, PARTS * STEPS_OF_A_PART)
    for part, study in enumerate((living, _published(owner)), start=2):
        _first_report(study, _within(part, progress))
    return owner


def add_to(addresses: Addresses, owner: User, data: Path) -> Addresses:
    """The demo's own addresses: its sign-in link, its partnership, and each study's newest report."""
    team = Partnership.objects.get(public_id=TEAM)
    return replace(
        addresses,
        sign_in=f"{settings.SITE_URL}{sign_in_path(owner)}",
        email=owner.email,
        password=(data / KEPT_IN).read_text(encoding="ascii"),
        partnership=f"{settings.SITE_URL}{team.get_absolute_url()}",
        partner_link=team.public_url,
        studies=tuple(sorted(addresses.studies, key=lambda study: not study.is_open)),
    )


def _owner(data: Path) -> User:
    path = data / KEPT_IN
    owner = User.objects.filter(email=EMAIL).first()
    if owner is not None and path.is_file():
        return owner
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        User.objects.filter(email=EMAIL).delete()
        owner = User.objects.create_user(EMAIL, password, name="Demo")
    path.touch(mode=0o600)
    path.write_text(password, encoding="ascii")
    return owner


def _living(owner: User) -> Study:
    """The study a visitor can answer: first filled with simulated people, who prefer what the published groups did."""
    study = Study.objects.filter(public_id=LIVING).first()
    if study is not None:
        return study
    with transaction.atomic():
        study = add_study(
            owner=owner,
            text=template_text(TEMPLATE),
            name=f"{TEMPLATE}.yaml",
            kind=Study.Kind.SIMULATED,
            public_id=LIVING,
        )
        record = study.record()
        simulated = simulate_study(
            record, design_of(study), PUBLISHED_LIKE, FLOW, seed=SEED, shares=answer_shares(record)
        )
        store_sessions(study=study, sessions=simulated.sessions)
        develop(study, owner=owner, seed=SEED)
        set_open(study, is_open=True)
    return study


def _published(owner: User) -> Study:
    study = Study.objects.filter(public_id=PUBLISHED).first()
    if study is not None:
        return study
    return add_study(
        owner=owner,
        text=template_text(TEMPLATE),
        name=f"{TEMPLATE}.yaml",
        kind=Study.Kind.PUBLISHED,
        public_id=PUBLISHED,
        title=PUBLISHED_TITLE,
    )


def _first_report(study: Study, tell: Callable[[str, int, int], None]) -> None:
    if not ReportJob.objects.filter(study=study, state=ReportJob.State.DONE).exists():
        make_report(ReportJob.objects.create(study=study), tell=tell)


def _within(part: int, progress: Progress) -> Callable[[str, int, int], None]:
    def tell(words: str, done: int, total: int) -> None:
        del words
        progress(round((part + done / max(total, 1)) * STEPS_OF_A_PART), PARTS * STEPS_OF_A_PART)

    return tell
