"""The language in which each task was read is kept with its answer."""

from dataclasses import replace

import pytest

from commonground.files.choices import choices_csv, read_choices
from commonground.files.respondents import join, read_respondents, respondents_csv
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.respond.models import TaskAnswer


def languages() -> list[str]:
    return list(TaskAnswer.objects.order_by("shown_order").values_list("language", flat=True))


def filled(participant) -> dict[str, str]:
    """The task as it stands, with two picks."""
    most, least, *_ = participant.shown()
    return {"stamp": participant.hidden("stamp"), "go": "next", "most": most, "least": least}


@pytest.fixture
def half_french(participant):
    """Three tasks in English, then French."""
    participant.reach_tasks().do_tasks(3)
    participant.send({"language": "fr"})
    participant.do_tasks(2)
    return participant


def test_a_change_on_the_way_shows_in_the_answers_that_follow(half_french) -> None:
    assert languages() == ["en", "en", "en", "fr", "fr"]
    data = choice_data(half_french.study)
    assert data.language == ("en", "en", "en", "fr", "fr")
    assert data.covariates["language"] == ("en",)


def test_the_tables_read_back_and_join_though_the_language_changed(half_french, tmp_path) -> None:
    (tmp_path / "choices.csv").write_text(choices_csv(choice_data(half_french.study)))
    (tmp_path / "respondents.csv").write_text(respondents_csv(respondent_table(half_french.study)))
    read = read_choices(tmp_path / "choices.csv")
    assert read.data.language == ("en", "en", "en", "fr", "fr")
    assert read.messages == ("1 respondent changed language on the way; the first one counts.",)
    joined = join(read, read_respondents(tmp_path / "respondents.csv"))
    assert joined.data.covariates["language"] == ("en",)
    assert choices_csv(read.data) == (tmp_path / "choices.csv").read_bytes().decode()


def test_a_page_that_was_read_in_another_tab_counts_in_its_own_language(participant) -> None:
    """One tab shows the task in English while another one has changed to French."""
    participant.reach_tasks().do_tasks(1)
    sent = filled(participant) | {"shown_in": "en"}
    participant.send({"language": "fr"})
    participant.client.post(participant.url("task-2"), sent)
    assert languages() == ["en", "en"]


def test_a_language_the_study_does_not_speak_is_not_believed(participant) -> None:
    participant.reach_tasks()
    participant.client.post(participant.url("task-1"), filled(participant) | {"shown_in": "=cmd()"})
    assert languages() == ["en"]


def test_a_lock_made_before_languages_were_told_still_holds(participant, monkeypatch) -> None:
    from commonground.web.screening.tables import is_whole, seal_of

    participant.finish()
    data = choice_data(participant.study)
    earlier = replace(data, language=None, covariates={k: v for k, v in data.covariates.items() if k != "language"})
    table = respondent_table(participant.study)
    participant.study.locked_hash = seal_of(participant.study, earlier).hash
    assert is_whole(participant.study, seal_of(participant.study))
    TaskAnswer.objects.filter(shown_order=1).update(best=data.items[0], worst=data.items[1])
    assert not is_whole(participant.study, seal_of(participant.study, table=table))
