"""The page on machine output names every key that `--json` prints, and no other."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonground.cli.main import COMMANDS

SAME_AS = {"demo": "serve"}  # both announce a site
EVERYWHERE = "every command"

EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "new": (("new", "second"),),
    "check": (("check", "study"), ("check", "study", "study/choices.csv"), ("check", "broken.yaml")),
    "import": (("import", "xlsform", "form", "--out", "questions.yaml"),),
    "schema": (("schema",),),
    "design": (
        ("design", "--items", "7", "--per-task", "3", "--prohibit", "1,2"),
        ("design", "--items", "7", "--list"),
        ("design", "--audit", "design.csv", "--prohibit", "goal,plan"),
    ),
    "sample-size": (
        (*("sample-size", "study", "--difference", "1.5", "--precision", "1"), "--simulations", "20"),
        ("sample-size", "--items", "7", "--per-task", "3", "--precision", "0.5", "--simulations", "20"),
    ),
    "simulate": (
        ("simulate", "study", "--respondents", "24", "--out", "again.csv"),
        ("simulate", "--items", "7", "--per-task", "3", "--respondents", "24", "--out", "other.csv"),
    ),
    "count": (("count", "study/choices.csv", "--by", "group"), ("count", "counts.csv", "--by", "group")),
    "compare": (
        ("compare", "study/choices.csv", "--by", "group", "--resamples", "100"),
        ("compare", "counts.csv", "--by", "group"),
    ),
    "fit": (
        ("fit", "study/choices.csv", "--by", "group", "--permutations", "20"),
        ("fit", "one-answer.csv", "--model", "best"),
        ("fit", "anchored.csv", "--anchored", "--penalty", "0.1"),
        ("fit", "many.csv", "--scale-worst", "--by", "group", "--permutations", "0"),
        ("fit", "many.csv", "--model", "latent-class", "--classes", "1-2", "--starts", "4", "--by", "group"),
        ("fit", "many.csv", "--model", "latent-class", "--classes", "1-2", "--starts", "2", "--bootstrap", "2"),
        ("fit", "always.csv", "--model", "latent-class", "--classes", "1-2", "--starts", "4"),
        ("fit", "many.csv", "--model", "hb", "--draws", "20", "--by", "group", "--holdout", "holdout.csv"),
        ("fit", "many.csv", "--model", "hb", "--fast"),
    ),
    "predict": (("predict", "many.csv", "--models", "counts,aggregate", "--repeats", "1"),),
    "rank": (("rank", "study/choices.csv", "--splits", "5", "--by", "group"),),
    "quality": (("quality", "study/choices.csv", "--simulations", "100"),),
    "screen": (
        ("screen", "study", "careless.csv", "--simulations", "100"),
        ("screen", "study", "careless.csv", "--simulations", "100", "--decisions", "decisions.csv"),
    ),
    "report": (("report", "study", "study/choices.csv", "--out", "report"),),
    "replicate": (("replicate",),),
    "backup": (("backup", "site.zip", "--data", "site"),),
    "restore": (("restore", "site.zip", "--data", "restored"),),
}


def run(folder: Path, *arguments: str) -> str:
    """Run one command as a person would; what it says of mistakes (status 1) is output, too."""
    program = Path(sys.executable).with_name("commonground")
    finished = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode in {0, 1}, finished.stderr
    return finished.stdout


def simulate(folder: Path, name: str, *more: str) -> None:
    """Let a few people answer the study."""
    run(folder, "simulate", "study", "--respondents", "24", "--seed", "1", "--out", name, *more)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study, simulated answers and a count table whose ranks depend on the score."""
    folder = tmp_path_factory.mktemp("workplace")
    run(folder, "new", "study")
    study = folder / "study/study.yaml"
    text = re.sub(r"(resamples|permutations): \d+", r"\1: 100", study.read_text(encoding="utf-8"))
    study.write_text(text, encoding="utf-8")
    (folder / "form").mkdir()
    (folder / "form/survey.csv").write_text("type,name,label\ntext,why,Why?\ngeopoint,place,Where?\n")
    (folder / "broken.yaml").write_text(text.replace("title:", "tittle:", 1), encoding="utf-8")
    simulate(folder, "study/choices.csv")
    simulate(folder, "careless.csv", "--careless", "0.5")
    both = ("--groups", "A:40,B:40", "--seed", "1", "--out", "many.csv")
    run(folder, "simulate", "--items", "7", "--per-task", "3", *both)
    (folder / "holdout.csv").write_text("respondent,task,holdout\nr1,1,1\nr2,1,1\nr3,2,1\n")
    counts = (("goal", 125, 12), ("plan", 14, 84), ("champ", 38, 133))
    rows = [f"{item},{best},{worst},{group}" for group in ("HP", "R") for item, best, worst in counts]
    (folder / "design.csv").write_text("task,item_1,item_2\n1,goal,plan\n2,plan,champ\n")
    decided = ("r1,Ann,keep,weak,1", "r1,Bo,exclude,test,1", "r2,Ann,exclude,careless,2", "r2,Bo,exclude,careless,2")
    (folder / "decisions.csv").write_text("\n".join(["respondent,reviewer,verdict,reason,stage", *decided, ""]))
    (folder / "one-answer.csv").write_text("respondent,task,item_1,item_2,best,worst\nr,1,a,b,a,\n")
    (folder / "counts.csv").write_text("\n".join(["item,best,worst,group", *rows, ""]))
    told = ("Ann,1,a,b,c,a,c,some", "Ann,2,c,a,b,a,b,all", "Bob,1,a,b,c,b,a,none")
    header = "respondent,task,item_1,item_2,item_3,best,worst,anchor"
    (folder / "anchored.csv").write_text("\n".join([header, *told, ""]))
    answers = ("Ann,1,a,b,c,a,c", "Ann,2,c,a,b,a,b", "Bob,1,a,b,c,a,b", "Bob,2,c,a,b,a,c")
    (folder / "always.csv").write_text("\n".join(["respondent,task,item_1,item_2,item_3,best,worst", *answers, ""]))
    return folder


@pytest.fixture(scope="module")
def announced(workplace: Path) -> str:
    """What `serve` prints when its site is ready; its data directory stays."""
    program = Path(sys.executable).with_name("commonground")
    command = [program, "serve", "--data", "site", "--study", "study", "--json"]
    with subprocess.Popen(command, cwd=workplace, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as site:
        assert site.stdout
        line = site.stdout.readline()
        site.send_signal(signal.SIGINT)
        _, said = site.communicate()
    assert line, said
    return line


@pytest.fixture(scope="module")
def documented(project: Path) -> dict[str, set[str]]:
    """The keys of each section of the page."""
    text = (project / "docs/reference/json.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0].lower(): set(re.findall(r"^\| `([^`]+)`", section, re.M)) for section in sections
    }


def keys(value: object, path: str = "") -> Iterator[str]:
    """Every key of a JSON value with the way to it; `[]` stands for the entries of a list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from keys(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")


def is_named(key: str, names: set[str]) -> bool:
    """Whether a key is documented; `*` stands for names that the data bring, `**` for all that follows."""
    return any(re.fullmatch(pattern_of(name), key) for name in names)


def pattern_of(name: str) -> str:
    return re.escape(name).replace(r"\*\*", ".+").replace(r"\*", r"[^.\[\]]+")


def compare(printed: set[str], names: set[str], everywhere: set[str]) -> None:
    """Every printed key is named, and every named key was printed by one of the examples."""
    unnamed = {key for key in printed if not is_named(key, names | everywhere)}
    assert not unnamed
    absent = {name for name in names if not any(re.fullmatch(pattern_of(name), key) for key in printed)}
    assert not absent


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize("command", EXAMPLES)
def test_the_page_names_what_is_printed(command: str, workplace: Path, documented: dict[str, set[str]]) -> None:
    printed = {key for example in EXAMPLES[command] for key in keys(json.loads(run(workplace, *example, "--json")))}
    compare(printed, documented[command], documented[EVERYWHERE])


def test_the_page_names_what_a_site_announces(announced: str, documented: dict[str, set[str]]) -> None:
    compare(set(keys(json.loads(announced))), documented["serve"], documented[EVERYWHERE])


def test_every_command_has_an_example_here() -> None:
    assert set(COMMANDS) == set(EXAMPLES) | {"serve"} | set(SAME_AS)
