"""Coming back: same device, another device, a shared device."""

from collections.abc import Callable

from django.core.cache import cache

from commonground.web.respond.codes import code_hash
from commonground.web.respond.models import Session


def test_the_same_device_goes_on_where_it_stopped(participant) -> None:
    participant.reach_tasks().do_tasks(3)
    participant.open()
    assert participant.key == "task-4"
    assert Session.objects.count() == 1


def test_another_device_goes_on_with_the_code(participant, another: Callable) -> None:
    participant.reach_tasks().do_tasks(2)
    phone = another()
    phone.page = phone.client.post(phone.url("resume"), {"code": participant.code}, follow=True)
    assert phone.key == "task-3"
    phone.do_tasks(1)
    participant.open()
    assert participant.key == "task-4"


def test_a_code_may_be_typed_as_people_type(participant, another: Callable) -> None:
    participant.agree()
    phone = another()
    typed = f"  {participant.code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    phone.page = phone.client.post(phone.url("resume"), {"code": typed}, follow=True)
    assert phone.key == "background-1"


def test_a_code_that_does_not_fit_is_said_so_and_slowed_down(participant) -> None:
    cache.clear()
    participant.agree()
    participant.client.cookies.clear()
    for _try in range(10):
        answer = participant.client.post(participant.url("resume"), {"code": "AAAA-BBBB-CCCC"})
        assert answer.status_code == 422
        assert "No answers belong to this code" in answer.content.decode()
    answer = participant.client.post(participant.url("resume"), {"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 429
    assert "wait ten minutes" in answer.content.decode()
    cache.clear()


def test_the_code_is_shown_to_the_person_and_kept_nowhere(participant) -> None:
    participant.agree()
    assert participant.code in participant.text
    session = Session.objects.values().get()
    assert session["code_hash"] == code_hash(participant.code)
    assert participant.code not in str(session)


def test_the_cookie_is_for_this_study_and_no_script(participant) -> None:
    participant.agree()
    (cookie,) = [one for name, one in participant.client.cookies.items() if name.startswith("commonground_visit_")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (participant.url(), True, "Lax")


def test_a_shared_device_forgets_and_the_answers_stay(participant) -> None:
    participant.reach_tasks().do_tasks(1)
    code = participant.code
    page = participant.client.post(participant.url("leave"))
    assert code in page.content.decode()
    participant.open()
    assert participant.key == ""
    assert Session.objects.get().task_answers.count() == 1
    participant.page = participant.client.post(participant.url("resume"), {"code": code}, follow=True)
    assert participant.key == "task-2"


def test_leaving_needs_a_button_not_a_link(participant) -> None:
    participant.agree()
    participant.open("leave")
    assert participant.key == "background-1"


def test_no_page_is_kept_by_a_cache_or_found_by_a_search_engine(participant) -> None:
    page = participant.agree().page
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_nothing_about_the_device_is_kept() -> None:
    names = {field.name for field in Session._meta.get_fields()}
    told = {name for name in names if "ip" in name.split("_") or "agent" in name or "address" in name}
    assert told == {"address_hash"}  # keyed, and the key is destroyed on a day: never the address itself


def test_an_unknown_cookie_begins_anew(participant) -> None:
    participant.client.cookies[f"commonground_visit_{participant.study.public_id}"] = "ZZZZ-ZZZZ-ZZZZ"
    participant.open()
    assert "I agree." in participant.text
    participant.open("task-1")
    assert participant.key == ""
