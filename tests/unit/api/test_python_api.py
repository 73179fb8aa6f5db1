"""`import commonground as cg`: instant, complete, the same for people and type checkers."""

import ast
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path

import pytest

import commonground as cg

HEAVY = ("numpy", "scipy", "polars", "pandas", "pydantic", "altair", "vl_convert", "jinja2", "rich", "typer", "django")


@pytest.fixture(scope="module")
def data() -> cg.ChoiceData:
    """Two groups that answered seven items."""
    return cg.simulate(cg.build_design(7, 3), groups={"nurses": 25, "parents": 20}, seed=3)


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_it_loads_nothing_heavy() -> None:
    loaded = f"print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    assert not run(f"import sys, commonground; dir(commonground); commonground.__version__; {loaded}")


def test_analysing_loads_no_library_for_frames(tmp_path: Path, data: cg.ChoiceData) -> None:
    program = """
import sys
import commonground as cg
data = cg.simulate(cg.build_design(7, 3), 20)
print(cg.count(data))
print("loaded:", *sorted(set(sys.modules) & {"polars", "pandas", "altair"}))
"""
    assert run(program).endswith("loaded:")


@pytest.mark.parametrize("name", [*cg._PLACES, "plot"])
def test_every_name_is_there_and_described(name: str) -> None:
    assert name in dir(cg)
    assert getattr(cg, name).__doc__


def test_a_wrong_name_is_a_mistake_python_can_mend() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cuont'") as caught:
        getattr(cg, "cuont")  # noqa: B009 – a name that type checkers refuse, rightly
    assert caught.value.name == "cuont"
    assert caught.value.obj is cg


def test_editors_are_told_the_same(project: Path) -> None:
    stub = ast.parse((project / "src/commonground/__init__.pyi").read_text(encoding="utf-8"))
    told = {
        name.asname: f"{statement.module}"
        for statement in stub.body
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
    }
    assert told == {"plot": "commonground"} | {name: f"commonground.{place}" for name, place in cg._PLACES.items()}


def test_each_name_lives_where_its_room_has_it() -> None:
    for name, place in cg._PLACES.items():
        assert getattr(cg, name) is getattr(import_module(f"commonground.{place}"), name)


CHOICES = """respondent,task,item_1,item_2,item_3,best,worst
Ann,1,goal,pay,trust,goal,pay
Ann,2,goal,pay,time,Goal,pay
Bo,1,goal,pay,trust,trust,goal
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "choices.csv").write_text(CHOICES, encoding="utf-8")
    return tmp_path / "choices.csv"


def test_a_table_with_mistakes_is_refused(table: Path) -> None:
    with pytest.raises(cg.CommonGroundError, match="row 3"):
        cg.read_choices(table)


def test_what_was_left_out_is_said(table: Path) -> None:
    with pytest.warns(cg.DataWarning) as said:
        data = cg.read_choices(str(table), drop_invalid=True)
    assert data.respondents == ("Ann", "Bo")
    words = [str(one.message) for one in said]
    assert any("1 row with mistakes left out" in one for one in words)
    assert any("row 3 left out" in one and "Goal" in one for one in words)
    assert {Path(one.filename).name for one in said} == {Path(__file__).name}, "the warning points at the caller"


def test_people_beside_the_data_are_joined_without_a_word(table: Path) -> None:
    table.write_text(CHOICES.replace("Goal", "goal"), encoding="utf-8")
    (table.parent / "respondents.csv").write_text("respondent,group\nAnn,HP\nBo,R\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = cg.read_choices(table, only=["group=HP"])
    assert data.respondents == ("Ann",)


def test_counts_are_read_by_another_function(tmp_path: Path) -> None:
    table = tmp_path / "counts.csv"
    table.write_text("item,best,worst\nopen,123,9\ngoal,125,12\n", encoding="utf-8")
    with pytest.raises(cg.CommonGroundError, match="read_counts"):
        cg.read_choices(table)
    assert cg.count(cg.read_counts(table)).groups[0].item("open").best_minus_worst == 114


def test_what_is_written_reads_back(tmp_path: Path, data: cg.ChoiceData) -> None:
    for ending in ("csv", "csv.gz", "parquet"):
        cg.write_choices(data, tmp_path / f"choices.{ending}")
        assert (cg.read_choices(tmp_path / f"choices.{ending}").best == data.best).all()
    with pytest.raises(cg.CommonGroundError, match=r"\.xlsx"):
        cg.write_choices(data, tmp_path / "choices.xlsx")
    design = cg.build_design(7, 3)
    cg.write_design(design, tmp_path / "design.csv", [f"item {number}" for number in range(1, 8)])
    assert cg.read_design(tmp_path / "design.csv").versions == design.versions


@pytest.mark.parametrize("model", ["best", "worst", "marginal", "sequential", "maxdiff", "rank"])
def test_models_for_everybody_by_name(data: cg.ChoiceData, model: str) -> None:
    assert cg.fit(data, model=model).models[0].model == model


def test_classes_and_people_by_name(data: cg.ChoiceData) -> None:
    assert cg.fit(data, model="latent-class", classes=2, starts=2).solutions[0].number_of_classes == 2
    found = cg.fit(data, model="hb", draws=60, warmup=60, chains=2, sensitivity=False)
    assert found.individuals.utilities.shape == (45, 7)


def test_a_model_nobody_knows(data: cg.ChoiceData) -> None:
    with pytest.raises(cg.CommonGroundError, match="latent-class"):
        cg.fit(data, model="probit")


def test_signs_about_the_answers_to_a_study(tmp_path: Path) -> None:
    from commonground.files.templates import new_study

    new_study(tmp_path / "study")
    study = cg.read_study(tmp_path / "study")
    data = cg.simulate(cg.build_design(11, 5), 40, items=[item.id for item in study.items])
    signs = cg.screen(study, data, simulations=200)
    assert signs.respondents == 40
    assert str(signs).startswith("Signs: ")
