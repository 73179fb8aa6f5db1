"""A YAML document made to say something else by the smallest change of its text.

Only the text of what differs is written anew. Everything else stays byte for byte: comments, blank lines, quotation
marks, the order of fields. Entries of lists are known by their `id` or their `reason`, so an entry that moves takes its
text along, with the comment lines directly above it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from commonground.files.yaml_lines import load
from commonground.files.yaml_writing import after_name, fits_on_a_line, in_lines, on_one_line
from commonground.records.errors import Problem, StudyError

IDENTITIES = ("id", "reason")
"""Fields by which an entry of a list is known again."""


def rewritten(text: str, values: Mapping[str, Any], name: str = "study.yaml") -> str:
    r"""Change a YAML text so that it says these values.

    Parameters
    ----------
    text : str
        YAML whose top level is a mapping.
    values : mapping
        What the text is to say: dicts, lists, str, int, float, bool, date and None.
    name : str
        What to call the document in messages.

    Raises
    ------
    StudyError
        If the text is no YAML, or is written with references (`&`, `*`, `<<`) that stand in the way.

    Examples
    --------
    >>> print(rewritten("id: a # mine\ntitle:   'One'\nminutes: 5", {"id": "b", "title": "One", "languages": ["en"]}))
    id: b # mine
    title:   'One'
    languages: [en]
    """
    before, wanted = load(text, name).values, _plain(values)
    if _same(before, wanted):
        return text
    try:
        splices = list(_Changes(text).of(YAML(typ="rt").compose(text), before, wanted))
        changed = _spliced(text, 0, len(text), splices)
        if _same(load(changed, name).values, wanted):
            return changed
    except (_NotHereError, StudyError):
        pass
    mend = "Download the document, change it there, and bring it back whole."
    raise StudyError([Problem("this part is written in a way that cannot be changed by a form.", name, mend)])


class _NotHereError(Exception):
    """The text and its values do not lie side by side."""


@dataclass(frozen=True, slots=True)
class _Splice:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a mapping or a sequence in the text.

    `lead` are the comment lines directly above it, `start` is where its name or dash stands, `after` the place behind
    its colon or dash, `end` where its last line ends; `free` is what stands between the entry before and the lead.
    """

    node: Node
    value: Any
    start: int
    after: int
    end: int
    free: str = ""
    lead: str = ""


def _spliced(text: str, start: int, end: int, splices: Sequence[_Splice]) -> str:
    """A stretch of the text with the changes that fall into it."""
    parts: list[str] = []
    here = start
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.start < here or splice.end > end:
            raise _NotHereError
        parts += [text[here : splice.start], splice.text]
        here = splice.end
    return "".join([*parts, text[here:end]])


class _Changes:
    """The splices that make one text say something else."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def of(self, node: CollectionNode, old: Any, new: Any) -> Iterator[_Splice]:
        """Change a part whose kind stays what it is."""
        if _same(old, new):
            return
        if not _is_alike(node, old, new):
            raise _NotHereError
        entries = self._entries(node, old)
        names = list(new) if isinstance(new, dict) else _matched(old, new)
        if isinstance(new, dict):
            names = _in_old_order(old, names)
        kept = [name for name in names if name in entries]
        if kept == list(entries) and len(kept) == len(names):
            for name, entry in entries.items():
                yield from self._inside(node, entry, _value(new, names, name))
        else:
            yield self._rebuilt(node, entries, names, new)

    def _inside(self, parent: CollectionNode, entry: _Entry, new: Any) -> Iterator[_Splice]:
        """Change the value of an entry."""
        if _same(entry.value, new):
            return
        if isinstance(entry.node, CollectionNode) and _is_alike(entry.node, entry.value, new):
            yield from self.of(entry.node, entry.value, new)
            return
        start, end = entry.node.start_mark.index, self._content_end(entry.node, entry.after)
        if parent.flow_style:
            yield (
                _Splice(start, end, on_one_line(new))
                if end > start
                else _Splice(entry.after, entry.after, " " + on_one_line(new))
            )
            return
        yield self._replaced(entry, new, start, end)

    def _replaced(self, entry: _Entry, new: Any, start: int, end: int) -> _Splice:
        """Write a value anew behind its name; a comment beside the name stays there."""
        column = self._column(entry.start)
        said = after_name(new, column, self.newline)
        if end <= entry.after:
            return _Splice(entry.after, entry.after, said)
        between = self.text[entry.after : start]
        if "#" not in between:
            return _Splice(entry.after, end, said)
        comment = between[between.index("#") :].splitlines()[0].rstrip()
        if fits_on_a_line(new, column):
            return _Splice(entry.after, end, f"{said} {comment}")
        return _Splice(entry.after, end, f" {comment}{said}")

    def _rebuilt(self, node: CollectionNode, entries: Mapping[Any, _Entry], names: Sequence[Any], new: Any) -> _Splice:
        """Put the entries together in another order, with new ones among them and without those gone."""
        chunks = [self._chunk(node, entries.get(name), name, _value(new, names, name)) for name in names]
        if node.flow_style:
            return self._rebuilt_in_brackets(list(entries.values()), chunks)
        known = [entries.get(name) for name in names]
        indent = " " * node.start_mark.column
        usual = self._usual_gap(node, entries)
        orphans = "".join(one.free for name, one in entries.items() if name not in names and "#" in one.free)
        parts: list[str] = []
        for entry, chunk in zip(known, chunks, strict=True):
            gap = usual if entry is None or entry.start == node.start_mark.index else entry.free
            above = orphans + gap + (entry.lead if entry else "")
            orphans = ""
            if parts:
                parts += [self.newline, above, indent, chunk]
            else:
                parts += [above.lstrip() + indent if "#" in above else "", chunk]
        return _Splice(node.start_mark.index, list(entries.values())[-1].end, "".join(parts))

    def _usual_gap(self, node: CollectionNode, entries: Mapping[Any, _Entry]) -> str:
        """The blank lines between entries, if as many everywhere; parts of the whole document stand apart."""
        if isinstance(node, MappingNode) and node.start_mark.column == 0:
            return self.newline
        gaps = {entry.free for entry in list(entries.values())[1:]}
        (gap,) = gaps if len(gaps) == 1 else ("",)
        return "" if gap.strip() else gap

    def _rebuilt_in_brackets(self, entries: Sequence[_Entry], chunks: Sequence[str]) -> _Splice:
        between = [self.text[one.end : other.start] for one, other in pairwise(entries)] or [", "]
        parts = [chunks[0]]
        for place, chunk in enumerate(chunks[1:]):
            parts += [between[place] if place < len(between) else between[0], chunk]
        return _Splice(entries[0].start, entries[-1].end, "".join(parts))

    def _chunk(self, parent: CollectionNode, entry: _Entry | None, name: Any, new: Any) -> str:
        """The text of one entry, from its name or dash to the end of its last line."""
        if entry is not None:
            return _spliced(self.text, entry.start, entry.end, list(self._inside(parent, entry, new)))
        column = parent.start_mark.column
        if isinstance(parent, MappingNode):
            said = {name: new}
            return on_one_line(said)[1:-1] if parent.flow_style else in_lines(said, column, self.newline)
        return on_one_line(new) if parent.flow_style else in_lines([new], column, self.newline)

    def _entries(self, node: CollectionNode, old: Any) -> dict[Any, _Entry]:
        """The entries of a mapping by name, of a sequence by place."""
        if isinstance(node, MappingNode):
            pairs = [(key.value, key, value) for key, value in node.value]
            if [name for name, _key, _value in pairs] != list(old):
                raise _NotHereError
            starts = [key.start_mark.index for _name, key, _value in pairs]
            after = [self._behind_colon(key) for _name, key, _value in pairs]
        else:
            pairs = [(place, value, value) for place, value in enumerate(node.value)]
            starts = list(self._dashes(node))
            after = starts if node.flow_style else [start + 1 for start in starts]
        found: dict[Any, _Entry] = {}
        before = node.start_mark.index
        for (name, _key, node_there), start, behind in zip(pairs, starts, after, strict=True):
            value = self._reference(behind) if node_there.start_mark.index < start else node_there
            end = self._content_end(value, behind)
            end = end if node.flow_style else self._line_end(end)
            free, lead = ("", "") if not found or node.flow_style else self._comments(before, start)
            found[name] = _Entry(value, old[name], start, behind, end, free, lead)
            before = end
        return found

    def _reference(self, behind: int) -> Node:
        """A value that is only named here (`*name`); what it says stands elsewhere."""
        found = re.compile(r"\s*(\*[^\s,\[\]{}]+)").match(self.text, behind)
        if found is None:
            raise _NotHereError
        marks = (StringMark("", place, 0, 0, self.text, 0) for place in found.span(1))
        return ScalarNode("", found[1], *marks)

    def _dashes(self, node: CollectionNode) -> Iterator[int]:
        """Where each entry of a sequence begins: at its dash, or between brackets at itself."""
        if node.flow_style:
            yield from (value.start_mark.index for value in node.value)
            return
        dash = re.compile(rf"^ {{{node.start_mark.column}}}-(?=\s)", re.MULTILINE)
        here = node.start_mark.index
        for place, value in enumerate(node.value):
            if place:
                found = dash.search(self.text, here, value.start_mark.index)
                if found is None:
                    raise _NotHereError
                here = found.end() - 1
            yield here
            here = self._content_end(value, here + 1)

    def _comments(self, before: int, start: int) -> tuple[str, str]:
        """What stands between two entries: free lines, and comment lines directly above the second one."""
        lines = re.findall(r".*\n", self.text[before:start])[1:]
        place = len(lines)
        while place and lines[place - 1].lstrip().startswith("#"):
            place -= 1
        return "".join(lines[:place]), "".join(lines[place:])

    def _content_end(self, node: Node, at_least: int) -> int:
        """Where the last sign of a part stands, without the blank lines and comments after it."""
        if isinstance(node, MappingNode) and not node.flow_style and node.value:
            key, value = node.value[-1]
            return self._content_end(value, self._behind_colon(key))
        if isinstance(node, SequenceNode) and not node.flow_style and node.value:
            return self._content_end(node.value[-1], node.value[-1].start_mark.index)
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if start >= end:
            return at_least
        return max(start + len(self.text[start:end].rstrip()), at_least)

    def _behind_colon(self, key: Node) -> int:
        if not isinstance(key, ScalarNode):
            raise _NotHereError
        return self.text.index(":", key.end_mark.index) + 1

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" and end > place else end

    def _column(self, place: int) -> int:
        return place - (self.text.rfind("\n", 0, place) + 1)


def _is_alike(node: Node, old: Any, new: Any) -> bool:
    """Whether a part stays a mapping, or a list, with something in it before and after."""
    if isinstance(node, MappingNode):
        return isinstance(new, dict) and bool(new) and bool(old)
    return isinstance(node, SequenceNode) and isinstance(new, list) and bool(new) and bool(old)


def _value(new: Any, names: Sequence[Any], name: Any) -> Any:
    return new[name] if isinstance(new, dict) else new[names.index(name)]


def _in_old_order(old: Mapping[str, Any], wanted: Sequence[str]) -> list[str]:
    """Fields there were stay in their order; a new one comes behind the field that it follows in what is wanted."""
    names = [name for name in old if name in wanted]
    for place, name in enumerate(wanted):
        if name not in old:
            before = [names.index(one) for one in wanted[:place] if one in names][-1:]
            names.insert(before[0] + 1 if before else 0, name)
    return names


def _matched(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """For each new entry the place of the old one it comes from, or a name of its own."""
    left = dict(enumerate(old))
    found: dict[int, Any] = {}
    for is_it in (_same, _is_known_again):
        for place, entry in enumerate(new):
            if place not in found:
                match = next((one for one, before in left.items() if is_it(before, entry)), None)
                if match is not None:
                    found[place] = match
                    del left[match]
    if len(old) == len(new):
        found |= {place: place for place in left if place not in found}
    return [found.get(place, ("new", place)) for place in range(len(new))]


def _is_known_again(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    return any(name in old and old[name] == new.get(name) for name in IDENTITIES)


def _same(one: Any, other: Any) -> bool:
    """Equality that tells true from 1 and a text from a date."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value
