"""A living study's report says what its analyses found, and nothing it cannot know."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.compare import compare
from commonground.analysis.count import Added, count
from commonground.records.errors import RequestError
from commonground.records.respondents import RespondentTable
from commonground.records.study import AddedConstant
from commonground.report.parts import Bullets, Figure, Section


def complete(fielded):
    kept = np.array([status == "complete" for status in fielded.choices.covariates["status"]])
    return fielded.choices.reindexed(tuple(item.id for item in fielded.study.items)).keep(kept)


def test_count_tables_hold_the_numbers_of_the_analysis(fielded, document, table):
    plan = fielded.study.analysis.added
    found = count(complete(fielded), by="group", added=Added(plan.constant, plan.to))
    for group in found.groups:
        printed = {str(row["item"]): row for row in table(document, f"counts-{group.group}").data}
        assert {name: row["best"] for name, row in printed.items()} == {one.item: one.best for one in group.items}
        assert {name: row["rescaled"] for name, row in printed.items()} == {
            one.item: one.rescaled for one in group.items
        }


def test_verdicts_are_those_of_the_comparison(fielded, document, table):
    plan = fielded.study.analysis
    found = compare(
        complete(fielded),
        by="group",
        added=Added(plan.added.constant, plan.added.to),
        resamples=plan.resamples,
        permutations=plan.permutations,
        margin=plan.equivalence_margin,
        seed=20260101,
    )
    printed = {(r["item"], r["first_group"], r["second_group"]): r for r in table(document, "pairs").data}
    for item in found.items:
        for pair in item.pairs:
            row = printed[item.item, *pair.groups]
            assert row["verdict"] == pair.verdict.value
            assert row["mean_difference"] == pair.mean_difference
            assert (row["mean_low"], row["mean_high"]) == pair.mean_interval


def test_only_complete_answers_are_analysed_and_the_rest_is_told(fielded, document, told, table):
    tasks = sum(int(row["best"] or 0) for name in ("HP", "R", "P") for row in table(document, f"counts-{name}").data)
    assert tasks == 43 * 11
    assert "43 people answered every task; 9 unfinished answers are left out." in told(document)


def test_the_flow_adds_up_and_comes_from_statuses(fielded, document, figure):
    flow = figure(document, "recruitment-flow")
    reached = {row["stage"]: row["people"] for row in flow.rows if row["what"] == "Reached this stage"}
    status = Counter(fielded.respondents.values("status"))
    assert reached["Consented"] == len(fielded.respondents.respondents)
    assert reached["Eligible and began the tasks"] == status["started"] + status["complete"] == 52
    assert reached["Answered every task, analysed"] == status["complete"] == 43


def test_a_flow_that_does_not_add_up_is_said_to(fielded, told):
    columns = dict(fielded.respondents.columns)
    first = columns["status"].index("complete")
    columns["status"] = tuple("abducted" if n == first else one for n, one in enumerate(columns["status"]))
    odd = replace(fielded, respondents=RespondentTable(fielded.respondents.respondents, columns))
    assert "The flow does not add up." in told(odd.report())


def test_without_respondents_the_report_says_what_is_left_out(fielded, told):
    bare = replace(fielded, respondents=None).report()
    assert "No respondents table was given: recruitment, completion and characteristics are left out." in told(bare)
    assert {figure.id for figure in bare.figures}.isdisjoint({"recruitment-flow", "time"})


def test_the_first_thing_is_three_sentences(document):
    summary = document.sections[0]
    assert summary.id == "summary"
    (sentences,) = summary.blocks
    assert isinstance(sentences, Bullets)
    common, different, unknown = sentences.items
    assert common.startswith("All three groups put")
    assert "eyond" in different
    assert unknown.startswith("What cannot be told")


def test_every_figure_has_message_people_alternative_and_data(document):
    for figure in document.figures:
        assert figure.title[0].isupper() or figure.title[0].isdigit()
        assert any(sign.isdigit() for sign in figure.subtitle), "the number of people stands in the subtitle"
        assert len(figure.alt) > 60
        assert figure.rows
        assert {column.key for column in figure.columns} <= {key for row in figure.rows for key in row}


def test_ids_are_unique(document, published):
    for one in (document, published):
        ids = [block.id for block in one.blocks() if hasattr(block, "id")]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("phrase", ["patients think", "Patients think", "wrong answer", "insignificant", "!"])
def test_words_that_never_appear(document, published, told, phrase):
    for one in (document, published):
        assert phrase not in told(one).replace("!=", "")


def test_most_is_said_of_more_than_half_only(document, published, told):
    for one in (document, published):
        for line in told(one).splitlines():
            if "most answered" in line:
                share = float(line.split("\u202f%")[0].rsplit(" ", 1)[1])
                assert share > 50


def test_free_text_is_never_in_the_report(fielded, told):
    columns = {**fielded.respondents.columns, "roles-other": ("a secret told in confidence",) * 64}
    size = len(fielded.respondents.respondents)
    columns["roles-other"] = ("a secret told in confidence",) * size
    talkative = replace(fielded, respondents=RespondentTable(fielded.respondents.respondents, columns))
    assert "secret" not in told(talkative.report())


def test_small_counts_are_hidden_unless_asked_for(fielded, document, table):
    hidden = {cell for row in table(document, "characteristics").rows for cell in row.cells.values()}
    assert "< 5" in hidden
    shown = {
        cell for row in table(fielded.report(smallest_cell=1), "characteristics").rows for cell in row.cells.values()
    }
    assert "< 5" not in shown
    assert "not shown" not in shown


def test_the_same_inputs_give_the_same_document(fielded, document):
    assert fielded.report() == document


def test_a_study_that_cannot_be_analysed_says_how_many_answers_are_missing(fielded):
    few = np.array([status != "complete" for status in fielded.choices.covariates["status"]])
    early = replace(fielded, choices=fielded.choices.keep(few))
    with pytest.raises(RequestError, match="cannot be analysed yet") as error:
        early.report()
    assert "2 more of Health professionals" in str(error.value)


def test_one_group_alone_is_described_but_not_compared(fielded, told):
    alone = np.array([group == "P" for group in fielded.choices.covariates["group"]])
    small = replace(fielded, choices=fielded.choices.keep(alone)).report()
    assert "Too few complete answers to compare" in told(small)
    assert "comparison" not in {section.id for section in small.sections}
    assert "scores-per-person" in {figure.id for figure in small.figures}


def test_progress_is_told_in_words_and_ends_whole(fielded):
    seen: list[tuple[str, int, int]] = []
    fielded.report(progress=lambda words, done, total: seen.append((words, done, total)))
    assert len({words for words, _, _ in seen}) >= 3
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1][1] == seen[-1][2]


def test_sections_come_in_the_order_people_read(document):
    assert [section.id for section in document.sections] == [
        "summary",
        "about",
        "methods",
        "people",
        "scores",
        "comparison",
        "priorities",
        "quality",
        "exclusions",
        "limits",
        "again",
    ]
    assert all(isinstance(section, Section) for section in document.sections)
    assert all(not isinstance(section, Figure) for section in document.sections)


def test_an_item_nobody_chose_leaves_no_ratio_and_the_report_says_so(fielded, told, figure):
    plain = fielded.study.model_copy(
        update={"analysis": fielded.study.analysis.model_copy(update={"added": AddedConstant(constant=0)})}
    )
    choices = complete(fielded)
    place = choices.items.index("comm")
    never = choices.best == place
    swapped = replace(
        choices, best=np.where(never, choices.worst, choices.best), worst=np.where(never, place, choices.worst)
    )
    text = told(replace(fielded, study=plain, choices=swapped).report())
    assert "cannot be classed" in text
    assert "no ratio, so no class" in text
    assert "nan" not in text.lower().replace("finance", "")
