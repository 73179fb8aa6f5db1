"""Whatever numbers are asked for: a design comes back, as even as counting allows, and connected where it can be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.design.audit import Fitness, audit, position_counts
from commonground.design.build import build_design


@st.composite
def requests(draw):
    items = draw(st.integers(4, 40))
    per_task = draw(st.integers(2, min(10, items - 1)))
    enough = -(-items // (per_task - 1))
    tasks = draw(st.integers(1, min(60, 4 * enough)))
    versions = draw(st.integers(1, 3))
    return items, per_task, tasks, versions, draw(st.booleans()), draw(st.integers(0, 1000))


@settings(max_examples=60, deadline=None)
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
