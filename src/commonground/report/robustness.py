"""How much of a comparison hangs on choices made along the way: the added constant."""

from commonground.analysis.sensitivity import Sensitivity, Setting
from commonground.records.sheet import Column, Record
from commonground.report.contrast import class_words
from commonground.report.names import Names
from commonground.report.parts import Row, Table
from commonground.report.wording import counted


def sensitivity_table(found: Sensitivity, names: Names) -> Table:
    """The class of every item under every constant; items that change come first."""
    columns = (
        Column("item", "Item"),
        *(Column(f"setting_{place}", _setting_words(one, names)) for place, one in enumerate(found.settings)),
        Column("changes", "Hangs on the constant"),
    )
    items = [item.item for item in found.settings[0].items]
    items.sort(key=lambda item: item not in found.changing)
    changing = counted(len(found.changing), "item")
    return Table(
        id="sensitivity",
        caption=f"The class by the {found.threshold:g} rule under different added constants: {changing} hang on it",
        columns=columns,
        rows=tuple(Row(_row(item, found, names)) for item in items),
        notes=("A constant added to one group alone stretches or shrinks that group’s scale against the others.",),
    )


def _setting_words(setting: Setting, names: Names) -> str:
    added = setting.added
    if added.to == "all":
        return f"+{added.constant:g}"
    return f"+{added.constant:g}, only {names.group(added.to)}"


def _row(item: str, found: Sensitivity, names: Names) -> Record:
    classes = [setting.item(item) for setting in found.settings]
    return {
        "item": names.item(item),
        **{f"setting_{place}": class_words(one.class_, one.apart, names) for place, one in enumerate(classes)},
        "changes": "yes" if item in found.changing else "no",
    }
