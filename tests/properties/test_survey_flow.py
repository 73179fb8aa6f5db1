"""However people answer, skip and change their minds, every way ends, and no page is asked for nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from commonground.records.design import Design
from commonground.records.sessions import Pick, Session, Status
from commonground.records.study import Study
from commonground.survey.assign import assign
from commonground.survey.eligibility import Eligible
from commonground.survey.flow import Page, PageKind, eligibility, live_answers, next_page, pages, status_of

RING = Design(4, (((0, 1), (1, 2), (2, 3), (3, 0)),), (None,), source="a ring")
OPTIONS = [{"id": one, "label": one} for one in ("x", "y", "z")]


def question(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "type": "single", "text": name, "options": OPTIONS, **more}


STUDY = Study.model_validate(
    {
        "id": "winding",
        "title": "A winding way",
        "frame": {"question": "?"},
        "items": [{"id": one, "label": one, "short_label": one} for one in "abcd"],
        "groups": [{"id": one, "label": one, "short_label": one} for one in ("P", "Q")],
        "consent": {"version": "1", "sections": ["."], "agreement": "."},
        "background": [
            question("first", required=True),
            question("second", show_if={"question": "first", "equals": "x"}),
            question("third", show_if={"question": "second", "any_of": ["x", "y"]}, required=True),
            question("fourth", groups=["Q"]),
        ],
        "eligibility": [{"reason": "z", "requires": {"question": "third", "is_not": "z"}, "message": "No."}],
        "group_rules": [
            {"group": "P", "when": {"question": "first", "equals": "y"}},
            {"group": "Q", "when": {"question": "first", "any_of": ["x", "z"]}},
        ],
        "task_explanation": ".",
        "design": {"per_task": 2},
        "quality_questions": [question("clear", show_if={"question": "fourth", "equals": "y"})],
        "demographics": [question("last", groups=["P"])],
        "thanks": ".",
    }
)

choice = st.sampled_from(["x", "y", "z", None])


def answer(session: Session, page: Page, value: str | None) -> Session:
    """Do what a page asks: questions get `value` (a needed one never None), tasks their first and last item."""
    if page.questions:
        given_now = {one.id: (value or "x") if one.required else value for one in page.questions}
        session = replace(session, answers={**session.answers, **given_now})
    elif page.task is not None:
        pick = Pick(page.task.items[0], page.task.items[-1])
        session = replace(session, picks={**session.picks, page.task.shown_order: pick})
    else:
        session = replace(session, seen=session.seen | {page.key})
    if session.assignment is None and isinstance(eligibility(STUDY, session), Eligible):
        session = replace(session, assignment=assign(STUDY, RING, seed=1))
    return session


@given(st.lists(choice, min_size=40, max_size=40))
def test_every_way_ends_in_thanks_or_with_a_reason(values: list[str | None]) -> None:
    session, visited = Session("r1"), []
    for value in values:
        page = next_page(STUDY, session)
        if page.kind in (PageKind.THANKS, PageKind.INELIGIBLE):
            break
        visited.append(page.key)
        session = answer(session, page, value)
    assert next_page(STUDY, session).kind in (PageKind.THANKS, PageKind.INELIGIBLE)
    assert len(visited) == len(set(visited))
    assert status_of(STUDY, session) in (Status.COMPLETE, Status.INELIGIBLE)


@given(st.lists(st.tuples(st.integers(0, 30), choice), max_size=40))
def test_changing_answers_anywhere_never_leads_into_nowhere(steps: list[tuple[int, str | None]]) -> None:
    session = Session("r1")
    for place, value in steps:
        way = pages(STUDY, session)
        furthest = [page.key for page in way].index(next_page(STUDY, session).key)
        session = answer(session, way[min(place, furthest)], value)
        here = next_page(STUDY, session)
        assert here in pages(STUDY, session)
        assert all(page.questions or page.task or page.kind not in (PageKind.BACKGROUND, PageKind.TASK) for page in way)
        assert set(live_answers(STUDY, session.answers)) <= set(session.answers)
