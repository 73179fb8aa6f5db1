"""The page of the design: what it says, what it offers, and a design made elsewhere."""

import io
import tempfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonground.design.build import build_design
from commonground.files.designs import design_csv
from commonground.web.accounts.models import User
from commonground.web.building.design_jobs import ask_for_weighing, found_in, give_up_interrupted, last_weighing
from commonground.web.building.design_matrix import matrix_of, pair_rows, position_rows
from commonground.web.building.design_offers import Offer, minutes_of, offers, weigh
from commonground.web.building.design_weighing import weigh_offers
from commonground.web.building.models import DesignJob
from commonground.web.studies.actions import change_document, set_open
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study


def page(client: Client, study: Study, path: str = "design/") -> str:
    return " ".join(client.get(f"/studies/{study.public_id}/{path}").content.decode().split())


def upload(client: Client, study: Study, table: str, **more: str) -> str:
    file = SimpleUploadedFile("ours.csv", table.encode(), content_type="text/csv")
    answer = client.post(f"/studies/{study.public_id}/design/own/", {"file": file, **more})
    return " ".join(answer.content.decode().split())


class TestWhatItSays:
    def test_first_the_design_as_a_person_would_say_it(self, as_owner: Client, study: Study) -> None:
        said = page(as_owner, study)
        assert "11 tasks of 5. Everyone sees every item 5 times and every pair twice. About 6 minutes." in said
        assert "seed 1" in said
        assert "This is your design." in said

    def test_the_picture_has_words_and_a_table_beside_it(self, as_owner: Client, study: Study) -> None:
        said = page(as_owner, study)
        assert (
            'aria-label="A square of 11 by 11 items. Two items stand together twice; an item is shown 5 times."' in said
        )
        assert "Times two items stand together" in said
        assert said.count("<rect") == 121

    def test_the_table_of_pairs_counts_what_the_design_shows(self, study: Study) -> None:
        design = design_of(study)
        names = [str(number) for number in range(11)]
        rows = list(pair_rows(design, names))
        assert [row[1] for row in rows] == [5] * 11
        assert {cell for row in rows for cell in row[2:]} == {2, "–"}
        assert [sum(row[1:]) for row in position_rows(design, names)] == [5] * 11  # type: ignore[arg-type]  # these cells are numbers

    def test_too_many_items_for_a_picture_are_told_in_words(self) -> None:
        assert matrix_of(build_design(45, 5, tasks=27)) is None

    def test_after_the_launch_nothing_can_be_chosen(self, as_owner: Client, study: Study) -> None:
        set_open(study, is_open=True)
        said = page(as_owner, study)
        assert "stays as it is" in said
        assert "Other designs" not in said
        refused = as_owner.post(f"/studies/{study.public_id}/design/", {"offer": "6x11"}, follow=True)
        assert "Answers depend on this" in refused.content.decode()
        study.refresh_from_db()
        assert study.record().design.per_task == 5


class TestOffers:
    def test_five_and_six_at_a_time_and_shorter_ones_stand_side_by_side(self) -> None:
        found = {offer.id: offer.balanced for offer in offers(11)}
        assert found == {"4x11": False, "5x7": False, "5x11": True, "6x6": False, "6x11": True}
        assert [minutes_of(tasks, size, repeated=1) for size, tasks in ((5, 11), (6, 11))] == [6, 7]

    @pytest.mark.parametrize("items", [4, 9, 13])
    def test_every_offer_can_be_built_and_compares_all_items(self, items: int) -> None:
        assert offers(items)
        for offer in offers(items)[:1]:
            assert build_design(items, offer.per_task, tasks=offer.tasks).tasks == offer.tasks

    def test_choosing_one_changes_the_document_alone(self, as_owner: Client, study: Study) -> None:
        before = study.document
        answer = as_owner.post(f"/studies/{study.public_id}/design/", {"offer": "6x11"}, follow=True)
        assert "The design is chosen." in answer.content.decode()
        study.refresh_from_db()
        assert (study.record().design.per_task, study.record().design.tasks) == (6, 11)
        assert len(before.splitlines()) == len(study.document.splitlines())
        assert study.document_versions.last().note == "Another design"

    def test_numbers_can_be_set_by_hand(self, as_owner: Client, study: Study) -> None:
        numbers = {"numbers": "1", "per_task": "4", "tasks": "11", "versions": "2", "seed": "9"}
        as_owner.post(f"/studies/{study.public_id}/design/", numbers)
        study.refresh_from_db()
        plan = study.record().design
        assert (plan.per_task, plan.tasks, plan.versions, plan.seed, plan.repeat.count) == (4, 11, 2, 9, 0)
        wrong = as_owner.post(f"/studies/{study.public_id}/design/", {**numbers, "per_task": "12"})
        assert wrong.status_code == 422

    def test_more_tasks_and_more_people_are_more_precise(self) -> None:
        few, many = (weigh(build_design(7, 3, tasks=7), people).half_width for people in (20, 80))
        assert few is not None
        assert many == pytest.approx(few / 2)
        longer = weigh(build_design(7, 3, tasks=14), 20).half_width
        assert longer is not None
        assert longer < few


class TestWork:
    def test_it_is_asked_for_once_and_found_again(self, as_owner: Client, study: Study) -> None:
        answer = as_owner.post(f"/studies/{study.public_id}/design/weigh/")
        job = DesignJob.objects.get()
        assert answer.headers["Location"] == job.get_absolute_url()
        assert ask_for_weighing(study) == job
        assert "0 of 5 designs" in page(as_owner, study, f"design/weigh/{job.pk}/")
        weigh_offers(job)
        weigh_offers(job)  # taken already: nothing happens twice
        assert last_weighing(study) == job
        assert set(found_in(last_weighing(study))) == {offer.id for offer in offers(11)}
        assert "±0." in page(as_owner, study)
        assert "with 31 people in the smallest group" in page(as_owner, study)

    def test_another_seed_makes_old_figures_void(self, study: Study, owner: User) -> None:
        job = ask_for_weighing(study)
        DesignJob.objects.update(state=DesignJob.State.DONE)
        assert last_weighing(study) == job
        text = study.document.replace("\n  seed: 1\n", "\n  seed: 2\n")
        study = change_document(study=study, text=text, name="study.yaml", actor=owner)
        assert last_weighing(study) is None

    def test_what_was_running_when_the_site_stopped_can_be_asked_for_again(self, study: Study) -> None:
        job = ask_for_weighing(study)
        DesignJob.objects.update(state=DesignJob.State.RUNNING)
        give_up_interrupted([job.pk + 1])
        assert DesignJob.objects.get().is_pending
        give_up_interrupted()
        assert ask_for_weighing(study) != job


class TestMadeElsewhere:
    def test_it_is_judged_before_it_is_used(self, as_owner: Client, study: Study) -> None:
        ids = [item.id for item in study.record().items]
        table = design_csv(build_design(11, 4, tasks=22, seed=3), ids)
        said = upload(as_owner, study, table)
        assert "22 tasks of 4." in said
        assert "Use this design" in said
        study.refresh_from_db()
        assert study.record().design.own is None
        as_owner.post(f"/studies/{study.public_id}/design/own/", {"table": table, "name": "ours.csv", "use": "1"})
        study.refresh_from_db()
        assert study.record().design.own is not None
        assert design_of(study).versions == build_design(11, 4, tasks=22, seed=3).versions
        assert "Made elsewhere" in page(as_owner, study)

    def test_numbers_stand_for_items_too(self, as_owner: Client, study: Study) -> None:
        assert "Use this design" in upload(as_owner, study, design_csv(build_design(11, 5, tasks=11)))

    def test_one_that_leaves_items_apart_cannot_be_used(self, as_owner: Client, study: Study) -> None:
        table = "task,item_1,item_2\n1,open,goal\n2,res,fit\n3,exp,lead\n"
        said = upload(as_owner, study, table)
        assert "Not usable" in said
        assert "can never be compared" in said
        assert "Use this design" not in said
        upload(as_owner, study, table, use="1")
        study.refresh_from_db()
        assert study.record().design.own is None

    def test_one_seen_too_seldom_has_a_warning(self, as_owner: Client, study: Study) -> None:
        ids = [item.id for item in study.record().items]
        rows = [f"{number},{','.join(ids[number - 1 : number + 3])}" for number in (1, 4, 7, 8)]
        said = upload(as_owner, study, "\n".join(["task,item_1,item_2,item_3,item_4", *rows]))
        assert "Usable with a warning" in said
        assert "only groups can be described" in said

    @pytest.mark.parametrize(
        ("table", "words"),
        [
            ("task,item_1,item_2\n1,open,nothing\n", "ours.csv, row 2"),
            ("item_1,item_2\nopen,goal\n", "the column &#x27;task&#x27; is missing"),
            ("", "The submitted file is empty"),
        ],
    )
    def test_what_is_no_design_is_named(self, as_owner: Client, study: Study, table: str, words: str) -> None:
        said = upload(as_owner, study, table)
        assert words in said
        assert tempfile.gettempdir() not in said

    def test_people_answer_it_as_it_is(self, as_owner: Client, study: Study, answered: Callable[..., Study]) -> None:
        ids = [item.id for item in study.record().items]
        table = design_csv(build_design(11, 4, tasks=11, versions=2, seed=3), ids)
        as_owner.post(f"/studies/{study.public_id}/design/own/", {"table": table, "name": "ours.csv", "use": "1"})
        study.refresh_from_db()
        answered(study, HP=4)
        shown = {
            tuple(sorted(answer.items)) for session in study.sessions.all() for answer in session.task_answers.all()
        }
        brought = {
            tuple(sorted(ids[item] for item in task)) for version in design_of(study).versions for task in version
        }
        assert shown <= brought
        content = as_owner.get(f"/studies/{study.public_id}/design/design.csv").content.decode()
        assert len(list(io.StringIO(content))) == 1 + 2 * 11


def test_an_offer_knows_its_name() -> None:
    assert Offer(5, 11, balanced=True).id == "5x11"
