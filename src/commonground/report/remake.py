"""Where every number comes from, and how to make the report again."""

from commonground.records.provenance import Provenance
from commonground.report.parts import Commands, Facts, Paragraph, Section

_NONE = "none"


def provenance_facts(provenance: Provenance, locked_on: str) -> Facts:
    """What the report was made from."""
    return Facts(
        (
            ("Data locked on", locked_on),
            ("Study document (SHA-256)", provenance.study_hash or _NONE),
            ("Data (SHA-256)", provenance.data_hash or _NONE),
            ("Seed", _NONE if provenance.seed is None else str(provenance.seed)),
            ("Made with", f"Common Ground {provenance.package_version}"),
            *((name.replace("_", " ").capitalize(), str(value)) for name, value in provenance.settings.items()),
        )
    )


def remake_section(provenance: Provenance, locked_on: str, commands: tuple[str, ...]) -> Section:
    """Commands, hashes, seed and version: the same inputs give the same bytes."""
    return Section(
        "again",
        "How to make this report again",
        (
            Paragraph(
                "The same files, seed and version give the same report, byte for byte. "
                "Compare the hashes of your files with these before you begin."
            ),
            Commands(commands),
            provenance_facts(provenance, locked_on),
        ),
    )
