"""The stakeholder map over time, and the logs."""

from datetime import date

from commonground.logicmodel.logs import CycleEntry, Phase, open_phases
from commonground.logicmodel.stakeholders import KINDS, Amount, Stakeholder, Zone, missing_kinds, on_the_map, unheard


def stakeholder(
    name: str, kind: str, added: date, gone: date | None = None, power: Amount = Amount.MUCH
) -> Stakeholder:
    return Stakeholder(name, name, kind, Zone.INNER, Amount.LITTLE, Amount.MUCH, power, added, gone)


def test_the_map_shows_who_was_there_on_a_day() -> None:
    spring, summer, autumn = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
    ward = stakeholder("ward", "professionals", spring)
    school = stakeholder("school", "public", summer, gone=autumn)
    assert on_the_map([ward, school], spring) == (ward,)
    assert on_the_map([ward, school], summer) == (ward, school)
    assert on_the_map([ward, school], autumn) == (ward,)


def test_kinds_of_which_nobody_is_there_are_asked_for() -> None:
    one = stakeholder("ward", "professionals", date(2026, 3, 1))
    assert set(missing_kinds([one])) == set(KINDS) - {"professionals"}


def test_who_is_much_concerned_and_has_little_say_is_pointed_out() -> None:
    loud = stakeholder("board", "managers", date(2026, 3, 1))
    quiet = stakeholder("families", "service-users", date(2026, 3, 1), power=Amount.LITTLE)
    assert unheard([loud, quiet]) == (quiet,)


def test_a_cycle_shows_what_is_still_to_do() -> None:
    done = [CycleEntry(2, phase, date(2026, 3, 1), "all", "…") for phase in (Phase.ACT, Phase.PLAN)]
    assert open_phases(done, 2) == (Phase.OBSERVE, Phase.REFLECT)
    assert len(open_phases(done, 1)) == 4
