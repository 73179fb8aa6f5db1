import pytest

from commonground.records.study import Study


def words_study(**changes: object) -> Study:
    document: dict[str, object] = {
        "id": "small",
        "title": "A small study",
        "frame": {"question": "What matters?"},
        "items": [{"id": letter, "label": letter.upper(), "short_label": letter} for letter in "abcdefghijk"],
        "groups": [{"id": one, "label": one, "short_label": one} for one in ("HP", "R", "P")],
        "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
        "background": [
            {"id": "age", "type": "number", "text": "Age?", "required": True},
            {"id": "role", "type": "single", "text": "Role?", "required": True,
             "options": [{"id": one, "label": one} for one in ("nurse", "scientist", "parent", "other")]},
            {"id": "profession", "type": "text", "text": "Profession?", "groups": ["HP"]},
            {"id": "stage", "type": "text", "text": "Career stage?", "groups": ["R"], "required": True},
            {"id": "why", "type": "long_text", "text": "Which other?",
             "show_if": {"question": "role", "equals": "other"}},
        ],
        "eligibility": [
            {"reason": "under_18", "requires": {"question": "age", "at_least": 18}, "message": "Too young."}
        ],
        "group_rules": [
            {"group": "HP", "when": {"question": "role", "equals": "nurse"}},
            {"group": "R", "when": {"question": "role", "equals": "scientist"}},
            {"group": "P", "when": {"question": "role", "equals": "parent"}},
        ],
        "task_explanation": "Choose.",
        "worked_example": {"introduction": "Pizza.", "question": "Which?", "items": ["Ham", "Rocket", "Corn"],
                           "most": 1, "least": 3, "explanation": "So."},
        "quality_questions": [
            {"id": "understood", "type": "single", "text": "Clear?",
             "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}
        ],
        "demographics": [{"id": "country", "type": "text", "text": "Country?"}],
        "thanks": "Thank you.",
    }  # fmt: skip
    return Study.model_validate(document | changes)


@pytest.fixture
def study() -> Study:
    return words_study()
