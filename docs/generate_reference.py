"""Write the reference pages that come from the code. Run it with `make reference` after changing what they describe.

Three kinds: the commands (from the program), the study document (from its JSON Schema) and the Python rooms (one page
each, filled by Sphinx from the docstrings). A test makes them again and compares.
"""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer

import commonground
from commonground.cli.main import COMMANDS, build_app
from commonground.records.study import Study

HERE = Path(__file__).resolve().parent / "reference"
NOTE = "% Made by docs/generate_reference.py; edit the code it describes, then run `make reference`.\n\n"

COMMANDS_INTRODUCTION = """\
# Commands

Exit status: 0 done; 1 the data or the study says no, with a message that names the place and the mend; 2 the command
was called wrongly. With `--json` a command prints one JSON object and nothing else on standard output
([what it holds](json.md)); progress and messages go to standard error.
"""

STUDY_INTRODUCTION = """\
# The study document

`study.yaml` holds everything a study is. `commonground new` writes a commented one, `commonground check` names the
line and the mend of every mistake, and `commonground schema` prints the JSON Schema this page is made from. A field
marked *required* has no default. *Words* are one text, or one text a language (`en: …`, `fr: …`). An *id* is a
letter, then letters, digits, `_` or `-`, at most 64.
"""

ROOMS = {
    "records": "The vocabulary: what every other room reads and writes.",
    "likelihood": "Choice probabilities, log-likelihood, gradient and Hessian of each best-worst model.",
    "design": "Balanced and nearly balanced designs, and what a design achieves.",
    "development": "Items from candidates to the list, as a log; review, flow, and the pretest.",
    "survey": "A questionnaire as data: assignment, eligibility, the flow from page to page.",
    "simulation": "Respondents with known preferences answering a study.",
    "analysis": "Counts, ratio scores, comparison of groups, fitted models, data quality, descriptive tables.",
    "screening": "Signs that an answer may not be genuine, each with its evidence.",
    "partnership": "Team mode: what a few known people share and where they differ, their talk and their agreement.",
    "competencies": "What the work asks of people and who can: frameworks, coverage, gaps, plans, curricula.",
    "logicmodel": "How the work is expected to work, what people saw, who is concerned, logs.",
    "published": "The published study as data, and its recomputation.",
    "report": "The report as one document, before anything is drawn or written.",
    "files": "Readers and writers: study documents, choice tables, count tables, designs.",
    "publish": "The report turned into a file that can be read anywhere.",
    "api": "What `import commonground` offers beyond the functions of the rooms.",
    "plot": "Figures of results, as Altair charts.",
}


def pages() -> dict[str, str]:
    """Every generated page: its path under docs/reference and its text."""
    return {
        "cli.md": commands_page(),
        "study-document.md": study_page(),
        **{f"python/{room}.md": room_page(room, words) for room, words in ROOMS.items()},
    }


def commands_page() -> str:
    """One section a command: what it does, its arguments and options, an example."""
    group = typer.main.get_command(build_app())
    parts = [COMMANDS_INTRODUCTION]
    parts += [_command_section(name, group.commands[name]) for name in COMMANDS]
    return NOTE + "\n".join(parts)


def _command_section(name: str, command: object) -> str:
    parameters = [one for one in command.params if one.name != "help" and not one.hidden]
    arguments = [one for one in parameters if isinstance(one, typer.core.TyperArgument)]
    options = [one for one in parameters if one not in arguments]
    usage = " ".join(
        ["commonground", name, *(_argument_usage(one) for one in arguments), *(["[OPTIONS]"] if options else [])]
    )
    lines = [f"## {name}\n", f"```text\n{usage}\n```\n", inspect.cleandoc(command.help or "") + "\n"]
    if arguments:
        lines += [
            "| argument | meaning |",
            "|---|---|",
            *(f"| `{_metavar(a)}` | {_cell(a.help)} |" for a in arguments),
            "",
        ]
    if options:
        lines += ["| option | meaning | default |", "|---|---|---|", *(_option_row(one) for one in options), ""]
    if command.epilog:
        lines += ["Example:\n", f"```text\n{_example(command.epilog)}\n```\n"]
    return "\n".join(lines)


def _metavar(argument: object) -> str:
    return str(argument.metavar or argument.name).upper()


def _argument_usage(argument: object) -> str:
    return _metavar(argument) if argument.required else f"[{_metavar(argument)}]"


def _option_row(option: object) -> str:
    names = ", ".join(f"`{one}`" for one in (*option.opts, *option.secondary_opts))
    needs = "" if option.is_flag else f" *{_kind(option)}*"
    again = " Can be given more than once." if option.multiple else ""
    variable = f" Also read from the variable `{option.envvar}`." if option.envvar else ""
    default = "" if option.is_flag or option.default in (None, "", (), []) else f"`{_plain(option.default)}`"
    return f"| {names}{needs} | {_cell(option.help)}{again}{variable} | {default} |"


def _plain(default: object) -> object:
    return getattr(default, "value", default)


def _kind(option: object) -> str:
    annotation = option.type_descriptor.annotation
    inner = getattr(annotation, "__args__", (annotation,))[0]
    choices = getattr(inner, "__members__", None)
    if option.metavar:
        return str(option.metavar)
    if choices:
        return " or ".join(choice.value for choice in choices.values())
    return {"str": "text", "int": "number", "float": "number", "Path": "file"}.get(
        getattr(inner, "__name__", ""), "text"
    )


def _example(epilog: str) -> str:
    return inspect.cleandoc(epilog).removeprefix("Example:").strip()


def _cell(text: str | None) -> str:
    """Text that stays inside one cell of a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def study_page() -> str:
    """The study document, field by field, from its JSON Schema."""
    schema = Study.model_json_schema()
    parts = [STUDY_INTRODUCTION, _record_section("Study", schema)]
    for name in _in_order_of_mention(schema):
        part = schema["$defs"][name]
        if "properties" in part:
            parts.append(_record_section(name, part))
        elif "enum" in part:
            parts.append(_choices_section(name, part))
    return NOTE + "\n".join(parts)


def _in_order_of_mention(schema: Mapping[str, object]) -> list[str]:
    """The names of the records inside the study, as a reader of the page meets them."""
    found: list[str] = []
    waiting = [schema["properties"]]
    while waiting:
        new = [name for name in re.findall(r'"#/\$defs/(\w+)"', json.dumps(waiting.pop(0))) if name not in found]
        found += dict.fromkeys(new)
        waiting += [schema["$defs"][name] for name in dict.fromkeys(new)]
    return found


def _record_section(name: str, part: Mapping[str, object]) -> str:
    required = part.get("required", [])
    rows = [_field_row(field, what, field in required) for field, what in part["properties"].items()]
    words = _summary(part)
    return "\n".join(
        [f"## {name}\n", f"{words}\n", "| field | holds | default | meaning |", "|---|---|---|---|", *rows, ""]
    )


def _summary(part: Mapping[str, object]) -> str:
    """The first paragraph of a record's docstring."""
    return inspect.cleandoc(str(part.get("description", ""))).partition("\n\n")[0]


def _field_row(field: str, what: Mapping[str, object], required: bool) -> str:
    default = "*required*" if required else _default(what)
    return f"| `{field}` | {_holds(what)} | {default} | {_cell(what.get('description'))} |"


def _default(what: Mapping[str, object]) -> str:
    if what.get("default") in (None, "", []):
        return ""
    text = json.dumps(what["default"], ensure_ascii=False)
    return f"`{text}`" if len(text) <= 60 else "its own defaults"


def _holds(what: Mapping[str, object]) -> str:
    if "$ref" in what:
        name = str(what["$ref"]).rpartition("/")[2]
        return name if name == "Words" else f"[{name}](#{name.lower()})"
    if "anyOf" in what:
        kinds = [_holds(one) for one in what["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if what.get("type") == "array":
        return f"list of {_holds(what.get('items', {}))}"
    return _holds_one_value(what)


def _holds_one_value(what: Mapping[str, object]) -> str:
    if "const" in what or "enum" in what:
        return " or ".join(f"`{json.dumps(one)}`" for one in what.get("enum", [what.get("const")]))
    if "pattern" in what:
        return "id"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    kind = str(what.get("type", "anything"))
    return _limits(words.get(kind, kind), what)


def _limits(kind: str, what: Mapping[str, object]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    limits = [f"{sign} {what[key]}" for key, sign in signs.items() if key in what]
    return f"{kind} {' and '.join(limits)}".strip()


def _choices_section(name: str, part: Mapping[str, object]) -> str:
    words = _summary(part)
    return "\n".join(
        [f"## {name}\n", f"{words}\n", "One of " + ", ".join(f"`{one}`" for one in part["enum"]) + ".", ""]
    )


def room_page(room: str, words: str) -> str:
    """A room's public modules; Sphinx fills them from the docstrings."""
    parts = [f"# commonground.{room}\n", f"{words}\n", *(_module_section(name) for name in _public_modules(room))]
    return NOTE + "\n".join(parts)


def _module_section(name: str) -> str:
    fill = f".. automodule:: {name}\n   :exclude-members: Id, model_config"
    return f"## {name}\n\n```{{eval-rst}}\n{fill}\n```\n"


def _public_modules(room: str) -> Iterator[str]:
    package = Path(commonground.__file__).parent
    for path in sorted((package / room).rglob("*.py")):
        if not path.stem.startswith("_"):
            yield ".".join(("commonground", *path.relative_to(package).with_suffix("").parts))


def write() -> None:
    """Write every page, and remove generated room pages that no longer have a room."""
    made = pages()
    for old in (HERE / "python").glob("*.md"):
        if f"python/{old.name}" not in made and old.name != "index.md":
            old.unlink()
    for name, text in made.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
