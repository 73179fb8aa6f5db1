"""`commonground schema`: the JSON Schema of study documents."""

import json
import sys

from commonground.cli.output import JsonOption

EXAMPLE = "Example: commonground schema > study.schema.json"
NEEDS_ARGUMENTS = False


def run(as_json: JsonOption = False) -> None:
    """Print the JSON Schema of study documents. For editors, and for programs that write them."""
    from commonground.files.study import study_schema

    indent = None if as_json else 2
    json.dump(study_schema(), sys.stdout, ensure_ascii=False, indent=indent)
    sys.stdout.write("\n")
