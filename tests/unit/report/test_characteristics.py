"""Who took part: what a table hides, no sentence tells."""

from commonground.report.characteristics import Answer, QuestionBlock, make_up


def block() -> QuestionBlock:
    """Two people of one gender in one group: hidden, and with them whatever gives them away, most women included."""
    rows = {"Woman": (54, 26, 29), "Woman, not told": (0, 6, 0), "Man": (10, 0, 0), "Another": (0, 0, 2)}
    groups = ("HP", "R", "P")
    answers = tuple(Answer(label, dict(zip(groups, people, strict=True))) for label, people in rows.items())
    return QuestionBlock("Gender", {"HP": 64, "R": 32, "P": 31}, answers, dict.fromkeys(groups, 0))


def test_a_commonest_answer_that_is_hidden_is_no_limitation() -> None:
    assert make_up([block()], ["Gender"], smallest_cell=5) == {}


def test_a_commonest_answer_that_is_shown_is() -> None:
    assert make_up([block()], ["Gender"], smallest_cell=1)["Gender"]["Woman"] == 109
