"""Build hook: compiles the translations (.po) into what gettext reads (.mo)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own generic has no public argument
    """Writes one .mo beside each .po; they are built, never committed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue, and ship the result although git ignores it."""
        for source in sorted(Path(self.root, "src").rglob("*.po")):
            with source.open("rb") as text:
                catalogue = read_po(text)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
            build_data["artifacts"].append(str(source.with_suffix(".mo").relative_to(self.root)))
