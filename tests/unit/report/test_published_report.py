"""The published study's report: rebuilt from counts, open about what counts cannot say."""

import pytest

from commonground.published import tables

CLASSES = {
    "lead": "similar",
    "open": "similar",
    "exp": "similar",
    "plan": "similar",
    "fit": "all_differ",
    "know": "all_differ",
    "champ": "all_differ",
    "net": "one_differs",
    "comm": "one_differs",
    "goal": "one_differs",
    "res": "one_differs",
}


def test_figure_5_has_all_eleven_classes_in_panels_a_to_k(published, figure):
    panels = figure(published, "rescaled-by-item")
    assert list(dict.fromkeys(row["item"] for row in panels.rows)) == list(CLASSES)
    assert {row["item"]: row["class"] for row in panels.rows} == CLASSES


def test_figure_4_holds_the_published_differences(published, figure):
    drawn = {(row["group"], row["item"]): row["difference"] for row in figure(published, "difference-scores").rows}
    assert drawn == {
        (group, item): row.difference for group, rows in tables.TABLES.items() for item, row in rows.items()
    }


def test_count_tables_reproduce_the_printed_scores(published, table):
    for group, rows in tables.TABLES.items():
        printed = {row["item"]: row for row in table(published, f"counts-{group}").data}
        for item, row in rows.items():
            assert f"{printed[item]['sqrt_ratio']:.2f}" == row.square_root


def test_what_needs_respondents_is_marked_and_never_invented(published, told, table):
    text = told(published)
    assert text.count("not computable from published counts") >= 6
    assert "p < 0.05" not in text
    assert all(row["adjusted_p"] is None and row["mean_low"] is None for row in table(published, "pairs").data)


def test_contradictions_of_the_article_are_listed(published, told, table):
    listed = table(published, "inconsistencies")
    assert len(listed.rows) >= 15
    assert "the answers do not add up to the people asked: health professionals 42 instead of 64" in told(published)
    assert "0 differ for no known reason" in told(published)
    shown = {str(cell) for row in listed.rows for cell in row.cells.values()}
    assert not shown & {"all_differ", "R > HP", "open < goal", "HP–P, R–P"}, "words for readers, not ids"
    assert "Researchers > Health professionals" in shown


@pytest.mark.parametrize("cell", ["52 (81.3)", "27 (84.4)", "2 (6.3)", "10 (31.3)"])
def test_percentages_round_half_up(published, table, cell):
    shown = {value for row in table(published, "characteristics").rows for value in row.cells.values()}
    assert cell in shown


def test_families_leave_the_unassigned_out(published, told):
    assert "In no family: ‘Access to resources’" in told(published)


def test_the_bridge_is_a_question(published, told):
    assert "Could health professionals be a bridge between the others?" in told(published)
