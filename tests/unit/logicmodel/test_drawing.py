"""The pictures: nothing lies on anything, everything is inside, and numbers lead to the table."""

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from commonground.files.logic_models.reading import example_text, parse_logic_model
from commonground.logicmodel.drawing import BOX_WIDTH, INNER_EDGE, MAP, draw_map, draw_model
from commonground.logicmodel.model import LogicModel
from commonground.logicmodel.stakeholders import Amount, Stakeholder, Zone


def test_no_box_lies_on_another_and_all_are_inside() -> None:
    model, _reflections = parse_logic_model(example_text())
    for language in ("en", "fr"):
        drawn = draw_model(model, language)
        for one, other in combinations(drawn.boxes, 2):
            assert one.x != other.x or one.y + one.height < other.y or other.y + other.height < one.y
        assert all(box.x + BOX_WIDTH <= drawn.width and box.y + box.height <= drawn.height for box in drawn.boxes)
        assert all(y < box.y + box.height for box in drawn.boxes for y, _line in box.written)


def test_links_carry_the_numbers_of_their_mechanisms() -> None:
    model, _reflections = parse_logic_model(example_text())
    assert [link.mechanism for link in draw_model(model, "en").links] == [1, 0, 2, 2, 3, 4]


def test_an_empty_model_is_a_picture_too() -> None:
    drawn = draw_model(LogicModel.model_validate({"title": "ours"}), "en")
    assert (drawn.boxes, drawn.links) == ((), ())
    assert drawn.height > 0


@given(st.lists(st.tuples(st.sampled_from(Zone), st.sampled_from(Amount), st.sampled_from(Amount)), max_size=16))
def test_stakeholders_stand_in_their_zone(places: list[tuple[Zone, Amount, Amount]]) -> None:
    people = [
        Stakeholder(str(number), "x", "", zone, distance, Amount.SOME, power, date(2026, 1, 1))
        for number, (zone, distance, power) in enumerate(places)
    ]
    for one in draw_map(people):
        away = ((one.x - MAP / 2) ** 2 + (one.y - MAP / 2) ** 2) ** 0.5
        assert (away < INNER_EDGE) == (one.stakeholder.zone is Zone.INNER)
        assert one.size < min(one.x, one.y, MAP - one.x, MAP - one.y)
