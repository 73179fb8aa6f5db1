"""Whatever numbers are asked for: a design comes back, as even as counting allows, and connected where it can be."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from commonground.design.audit import Fitness, audit, position_counts
from commonground.design.build import build_design
from commonground.records.errors import SettingError


@st.composite
def requests(draw):
    items = draw(st.integers(4, 40))
    per_task = draw(st.integers(2, min(10, items - 1)))
    enough = -(-items // (per_task - 1))
    tasks = draw(st.integers(1, min(60, 4 * enough)))
    versions = draw(st.integers(1, 3))
    return items, per_task, tasks, versions, draw(st.booleans()), draw(st.integers(0, 1000))


@settings(max_examples=40, deadline=None)
@given(requests())
def test_any_sane_request_gets_a_design(request):
    items, per_task, tasks, versions, repeat, seed = request
    design = build_design(items, per_task, tasks=tasks, versions=versions, repeat=repeat, seed=seed)
    report = audit(design)
    assert len(design.versions) == versions
    assert {len(version) for version in design.versions} == {tasks}
    assert {len(task) for version in design.versions for task in version} == {per_task}
    assert report.appearances.max - report.appearances.min <= 1
    assert report.appearances_each.max - report.appearances_each.min <= 1
    counts = position_counts(design)
    assert (counts.max(axis=1) - counts.min(axis=1) <= 1).all()
    assert 0 <= report.efficiency <= 1
    assert report.balanced or design.notes
    if tasks * per_task >= items + tasks - 1:
        assert report.connected
    assert (report.status is Fitness.UNUSABLE) == (not report.connected)


@settings(max_examples=25, deadline=None)
@given(st.integers(4, 40), st.integers(2, 10), st.integers(0, 5))
def test_the_default_number_of_tasks_serves_well(items, per_task, seed):
    design = build_design(items, min(per_task, items - 1), seed=seed)
    report = audit(design)
    assert report.connected
    assert report.appearances_each.min >= 3 or per_task == 2
    assert report.efficiency > (0.7 if per_task == 2 else 0.85)


@st.composite
def prohibitions(draw):
    items = draw(st.integers(6, 30))
    per_task = draw(st.integers(2, min(6, items // 3)))
    pairs = st.tuples(st.integers(0, items - 1), st.integers(0, items - 1)).filter(lambda pair: pair[0] != pair[1])
    apart = draw(st.lists(pairs, min_size=1, max_size=items // 2))
    return items, per_task, draw(st.integers(items // 2, 2 * items)), draw(st.integers(1, 3)), apart


@settings(max_examples=15, deadline=None)
@given(prohibitions(), st.integers(0, 1000))
def test_prohibited_pairs_never_stand_together_or_the_request_is_refused(request, seed):
    items, per_task, tasks, versions, apart = request
    try:
        design = build_design(items, per_task, tasks=tasks, versions=versions, seed=seed, prohibited=apart)
    except SettingError as refusal:
        event("refused: " + refusal.problems[0].mend)
        return
    report = audit(design, apart)
    assert report.prohibited_together == ()
    assert not any({one, other} <= set(task) for version in design.versions for task in version for one, other in apart)
    assert report.appearances_each.max - report.appearances_each.min <= 1
    assert report.appearances.max - report.appearances.min <= 1
    assert f"{len({frozenset(pair) for pair in apart})} pair" in design.notes[0]


@settings(max_examples=8, deadline=None)
@given(st.integers(101, 600), st.integers(2, 8), st.integers(5, 40), st.integers(1, 12), st.integers(0, 1000))
def test_many_items_appear_equally_often_and_hardly_a_pair_meets_twice(items, per_task, tasks, versions, seed):
    design = build_design(items, per_task, tasks=tasks, versions=versions, seed=seed)
    report = audit(design)
    assert report.appearances.max - report.appearances.min <= 1
    assert report.appearances_each.max - report.appearances_each.min <= 1
    meetings = versions * tasks * per_task * (per_task - 1) / (items * (items - 1))
    if meetings < 0.1:
        assert report.co_appearances.max == 1
    assert report.co_appearances.max <= 2 + 2 * meetings
    counts = position_counts(design)
    assert (counts.max(axis=1) - counts.min(axis=1) <= 1).all()
    if report.appearances.min >= 2:
        assert report.connected


@settings(max_examples=6, deadline=None)
@given(requests())
def test_the_same_seed_gives_the_same_design(request):
    items, per_task, tasks, versions, repeat, seed = request
    numbers = {"tasks": tasks, "versions": versions, "repeat": repeat, "seed": seed}
    assert build_design(items, per_task, **numbers) == build_design(items, per_task, **numbers)
