"""The page on designs says what the code builds. Run this file as a program to write the tables again."""

from pathlib import Path

from commonground.design.balanced import balanced_designs
from commonground.design.existence import MOST_ITEMS, NONEXISTENT, admissible_parameters, missing_parameters

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanations" / "designs.md"
BEGIN = "<!-- generated: run tests/unit/design/test_designs_page.py as a program -->\n"
END = "<!-- end of the generated part -->"


def table(headings, rows):
    lines = [headings, ["---:"] * (len(headings) - 1) + ["---"], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def numbers(parameters):
    p = parameters
    return [p.items, p.per_task, p.tasks, p.appearances, p.co_appearances]


HEADINGS = ["items", "per task", "tasks", "each item", "each pair"]


def smallest():
    """Every design that is not a smaller one several times over."""
    for items in range(3, MOST_ITEMS + 1):
        kept = []
        for offer in balanced_designs(items):
            if not any(offer.per_task == other.per_task and offer.tasks % other.tasks == 0 for other in kept):
                kept.append(offer)
                yield offer


def generated():
    admissible = sum(1 for items in range(3, MOST_ITEMS + 1) for _ in admissible_parameters(items))
    missing = missing_parameters()
    built = admissible - len(missing) - len(NONEXISTENT)
    lacking = table([*HEADINGS, "note"], [[*numbers(p), "not built"] for p in missing]) if missing else "None."
    return (
        f"\nOf {admissible} sets of numbers that counting allows, {built} are built, {len(NONEXISTENT)} are proven "
        f"impossible and {len(missing)} are missing here.\n\n"
        "### Missing here\n\nKnown in the literature, or not known to be impossible, and not built yet.\n\n"
        f"{lacking}\n\n### Proven impossible\n\n"
        f"{table([*HEADINGS, 'why'], [[*numbers(p), why] for p, why in sorted(NONEXISTENT.items())])}\n\n"
        "### Built\n\nWithout those that are a smaller one several times over.\n\n"
        f"{table([*HEADINGS, 'source'], [[*numbers(offer), offer.source] for offer in smallest()])}\n\n"
    )


def test_the_page_is_fresh():
    text = PAGE.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == generated(), "run this file as a program"


if __name__ == "__main__":
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + generated() + END + rest.split(END)[1], encoding="utf-8")
