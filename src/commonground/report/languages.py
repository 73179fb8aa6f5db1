"""Whether the languages of a study answer alike, and how its texts were translated."""

from collections.abc import Mapping, Sequence

from commonground.analysis.comparison import Comparison, Verdict
from commonground.analysis.languages import FEWEST, GroupLanguages
from commonground.records.sheet import Column
from commonground.records.study import Study
from commonground.records.translation import Translation, TranslationCheck
from commonground.report.names import Names
from commonground.report.parts import Block, Note, Paragraph, Row, Section, Table
from commonground.report.wording import capital, counted, listed, people, signed

LANGUAGES = {"en": "English", "fr": "French"}

CHECKS = {
    TranslationCheck.FORWARD_BACK: "translated back and compared",
    TranslationCheck.PANEL: "agreed on by a panel",
    TranslationCheck.SECOND_READER: "read by a second person",
    TranslationCheck.NOT_CHECKED: "not checked",
}

_WHAT_IT_MEANS = (
    "A difference between languages can come from the translation, or from the people: those who answer in different "
    "languages may live and work differently. Read the items that differ side by side in both languages. ‘Alike’ says "
    "that scores are close, not that every reader understood the same."
)


def languages_section(
    study: Study, found: Sequence[GroupLanguages], names: Names, *, changed: int, smallest_cell: int
) -> tuple[Section, ...]:
    """How languages compare within each group, and the record of the translation; nothing where all read the original.

    Parameters
    ----------
    changed : int
        People who changed language on the way.
    smallest_cell : int
        Smaller numbers of people are not told.
    """
    if {language for one in found for language in one.people} <= {study.languages[0]}:
        return ()
    blocks: list[Block] = [
        *_comparisons(found, names, changed, smallest_cell),
        *_translations(study, found),
    ]
    return (Section("languages", "Whether the languages answer alike", tuple(blocks)),)


def language_name(code: str) -> str:
    """What a language is called in the report; its code where it has no name here."""
    return LANGUAGES.get(code.split("-", maxsplit=1)[0], f"‘{code}’")


def _comparisons(found: Sequence[GroupLanguages], names: Names, changed: int, smallest: int) -> list[Block]:
    used = sorted({language for one in found for language in one.people})
    if len(used) == 1:
        return [Paragraph(f"Everybody whose language is known answered in {language_name(used[0])}.")]
    order = list(names.groups)
    found = sorted(found, key=lambda one: order.index(one.group) if one.group in order else len(order))
    blocks: list[Block] = [Paragraph(_group_words(one, names, smallest)) for one in found]
    if changed:
        count = "counts" if changed == 1 and smallest <= 1 else "count"
        moved = f"{_size(changed, smallest)} changed language on the way and {count} in the one they began in."
        blocks.append(Paragraph(capital(moved)))
    compared = [one for one in found if one.comparison is not None]
    if compared:
        blocks.append(_table(compared, names))
    return [*blocks, Note("What this means.", _WHAT_IT_MEANS)]


def _size(number: int, smallest: int) -> str:
    return people(number) if number >= smallest else f"fewer than {smallest} people"


def _group_words(one: GroupLanguages, names: Names, smallest: int) -> str:
    sizes = [f"{_size(number, smallest)} in {language_name(language)}" for language, number in one.people.items()]
    opening = f"{names.groups.get(one.group, one.group)}: {listed(sizes)}."
    if len(one.people) < 2:
        return f"{opening} There is nothing to compare."
    few = [language_name(language) for language in one.people if language not in one.compared]
    short = f" Too few answered in {listed(few)} to tell; {FEWEST} are needed." if few else ""
    return f"{opening}{_verdict_words(one.comparison, names)}{short}"


def _verdict_words(comparison: Comparison | None, names: Names) -> str:
    if comparison is None:
        return ""
    verdicts = {item.item: {pair.verdict for pair in item.pairs} for item in comparison.items}
    differ = [item for item, said in verdicts.items() if Verdict.DIFFERS in said]
    alike = sum(said == {Verdict.ALIKE} for said in verdicts.values())
    unknown = len(verdicts) - len(differ) - alike
    first = (
        f" Beyond chance the languages differ on {names.named(differ)}."
        if differ
        else " No item differs beyond chance."
    )
    close = f" On {counted(alike, 'item')} they are alike, within ±{comparison.margin:g} per person." if alike else ""
    open_ = f" Of {counted(unknown, 'item')} it cannot be told with so many people." if unknown else ""
    return first + close + open_


def _table(compared: Sequence[GroupLanguages], names: Names) -> Table:
    columns = (
        Column("item", "Item"),
        Column("languages", "Languages"),
        Column("difference", "Difference per person", digits=2),
        Column("interval", "Interval"),
        Column("p", "Adjusted p", digits=3),
        Column("verdict", "Verdict"),
    )
    rows: list[Row] = []
    for one in compared:
        rows.append(Row({"item": names.group(one.group)}, heading=True))
        rows += [Row(cells, indent=1) for cells in _pairs(one.comparison, names)]
    notes = ("The mean best-minus-worst score per person of the first language less that of the second.",)
    return Table("languages", "Languages compared within each group", columns, tuple(rows), notes)


def _pairs(comparison: Comparison | None, names: Names) -> list[Mapping[str, str | float | None]]:
    return [
        {
            "item": names.item(item.item),
            "languages": " and ".join(language_name(language) for language in pair.groups),
            "difference": pair.mean_difference,
            "interval": None if pair.mean_interval is None else _between(pair.mean_interval),
            "p": pair.adjusted_p,
            "verdict": None if pair.verdict is None else pair.verdict.value,
        }
        for item in (comparison.items if comparison else ())
        for pair in item.pairs
    ]


def _between(interval: tuple[float, float]) -> str:
    return f"{signed(interval[0], 2)} to {signed(interval[1], 2)}"


def _translations(study: Study, found: Sequence[GroupLanguages]) -> list[Block]:
    used = dict.fromkeys(language for one in found for language in one.people)
    first = study.languages[0]
    told = {one.language for one in study.translations}
    missing = [language for language in used if language not in told and language != first]
    blocks: list[Block] = [_record(study.translations)] if study.translations else []
    if missing:
        named = listed([language_name(language) for language in missing])
        blocks.append(Note("Not told.", f"The study document does not say who translated the texts into {named}."))
    return blocks


def _record(translations: Sequence[Translation]) -> Table:
    columns = (
        Column("language", "Language"),
        Column("translated", "Translated by"),
        Column("checked", "Checked"),
        Column("on", "When"),
        Column("note", "Note"),
    )
    rows = tuple(
        Row(
            {
                "language": language_name(one.language),
                "translated": one.translated_by,
                "checked": CHECKS[one.checked] + (f", by {one.checked_by}" if one.checked_by else ""),
                "on": one.on,
                "note": one.note or None,
            }
        )
        for one in translations
    )
    return Table("translations", "How the texts were translated", columns, rows)
