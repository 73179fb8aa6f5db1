"""What can be done with a partnership's capabilities: each action writes all or nothing."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from commonground.competencies.profile import Holding, Level, Need
from commonground.files.frameworks.reading import built_in_text, parse_framework
from commonground.web.accounts.models import User
from commonground.web.capabilities.models import HeldBack, NeededLevel, Profile, SelfView
from commonground.web.partnerships.models import Partnership
from commonground.web.partnerships.visits import Visit
from commonground.web.workspaces.audit import record_event


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one capability; `shown_name` empty: the others learn nothing of it but in a count."""

    level: int | None = None
    evidence: str = ""
    wants_to_learn: bool = False
    shown_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return self.level is None and not self.evidence and not self.wants_to_learn


def profile_of(partnership: Partnership) -> Profile | None:
    """The partnership's profile, if it looks at capabilities at all."""
    return Profile.objects.filter(partnership=partnership).first()


def begin_profile(*, partnership: Partnership, actor: User) -> Profile:
    """Begin with the built-in framework; nothing is asked of anybody yet."""
    with transaction.atomic():
        profile, is_new = Profile.objects.get_or_create(partnership=partnership, defaults={"document": built_in_text()})
        if is_new:
            _log(profile, "began capabilities", actor)
    return profile


def change_framework(*, profile: Profile, text: str, actor: User) -> None:
    """Give the partnership another framework document. What was said of capabilities that stay, stays.

    Raises
    ------
    StudyError
        If the document says something impossible.
    """
    parse_framework(text, "framework.yaml")
    with transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(document=text)
        _log(profile, "changed framework", actor)


def set_asking(*, profile: Profile, is_asking: bool, actor: User) -> None:
    """Ask partners what they say of themselves, or stop asking."""
    with transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(is_asking=is_asking)
        if not is_asking:
            _mix(profile)
        _log(profile, "asked about capabilities" if is_asking else "stopped asking about capabilities", actor)


def set_needs(*, profile: Profile, stakeholder: str, levels: Mapping[str, int | None], actor: User) -> None:
    """Set the levels one stakeholder, or all together, think the work needs; None takes one away."""
    with transaction.atomic():
        for capability, level in levels.items():
            own = NeededLevel.objects.filter(profile=profile, capability=capability, stakeholder=stakeholder)
            if level is None:
                own.delete()
            else:
                NeededLevel.objects.update_or_create(
                    profile=profile, capability=capability, stakeholder=stakeholder, defaults={"level": level}
                )
        _log(profile, "set needed levels", actor)


def hold_back(*, profile: Profile, capability: str, why: str, actor: User) -> None:
    """Say that something around people keeps them from using a capability; no reason takes it back."""
    with transaction.atomic():
        if why:
            HeldBack.objects.update_or_create(profile=profile, capability=capability, defaults={"why": why})
        else:
            HeldBack.objects.filter(profile=profile, capability=capability).delete()
        _log(profile, "named what holds people back", actor)


def say(*, visit: Visit, profile: Profile, said: Mapping[str, Said]) -> None:
    """Keep what a person says of themselves; what is empty is forgotten."""
    code_hash = self_hash(visit.code)
    with transaction.atomic():
        for capability, one in said.items():
            own = SelfView.objects.filter(profile=profile, code_hash=code_hash, capability=capability)
            if one.is_empty:
                own.delete()
            else:
                SelfView.objects.update_or_create(
                    profile=profile,
                    code_hash=code_hash,
                    capability=capability,
                    defaults={
                        "level": one.level,
                        "evidence": one.evidence,
                        "wants_to_learn": one.wants_to_learn,
                        "shown_name": one.shown_name,
                    },
                )


def said_by(visit: Visit, profile: Profile) -> dict[str, SelfView]:
    """What this person has said, by capability."""
    return {one.capability: one for one in profile.self_views.filter(code_hash=self_hash(visit.code))}


def holdings_of(profile: Profile) -> tuple[Holding, ...]:
    """What everybody said, as the core knows it. A person is known by nothing but a name they chose to show."""
    return tuple(
        Holding(
            one.shown_name or one.code_hash,
            one.capability,
            Level(one.level) if one.level is not None else None,
            one.evidence,
            one.wants_to_learn,
            bool(one.shown_name),
        )
        for one in profile.self_views.all()
    )


def needs_of(profile: Profile) -> tuple[Need, ...]:
    """What the work needs, as the core knows it."""
    return tuple(Need(one.capability, Level(one.level), one.stakeholder) for one in profile.needs.all())


def self_hash(code: str) -> str:
    """How what a person says of themselves is found: another hash than that of their answers or their name."""
    return salted_hmac("commonground.capabilities.self", code, algorithm="sha256").hexdigest()


def _mix(profile: Profile) -> None:
    """Write what people said again in random order: a database keeps rows in the order in which they came."""
    said = list(profile.self_views.all())
    profile.self_views.all().delete()
    secrets.SystemRandom().shuffle(said)
    for one in said:
        one.pk = uuid.uuid4()
    SelfView.objects.bulk_create(said)


def _log(profile: Profile, action: str, actor: User) -> None:
    partnership = profile.partnership
    record_event(workspace=partnership.workspace, action=action, actor=actor, partnership=partnership.public_id)
