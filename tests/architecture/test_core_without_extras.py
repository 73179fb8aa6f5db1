"""The core works where nothing but its own dependencies is installed.

An environment without the extras would need a network to make; blocking their imports shows the same.
"""

import subprocess
import sys

import pytest

EXTRAS = ("django", "django_tasks", "csp", "whitenoise", "granian", "altair", "vl_convert", "jinja2")

BLOCKER = """
import importlib, pkgutil, sys

BLOCKED = {blocked!r}

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{{name}} is an extra", name=name)

sys.meta_path.insert(0, Blocker())
"""


def run_without_extras(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter that cannot import any extra."""
    whole = BLOCKER.format(blocked=EXTRAS) + program
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=False)


def test_every_module_of_the_core_and_the_files_room_imports(core_rooms: tuple[str, ...]) -> None:
    rooms = (*core_rooms, "files")
    result = run_without_extras(f"""
for room in {rooms!r}:
    package = importlib.import_module(f"commonground.{{room}}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
""")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("design", "--items", "7", "--per-task", "3", "--json")])
def test_the_command_line_works(arguments: tuple[str, ...]) -> None:
    result = run_without_extras(f"""
from commonground.cli.main import main
sys.argv = ["commonground", *{arguments!r}]
main()
""")
    assert result.returncode == 0, result.stderr


def test_plots_name_the_extra_they_need() -> None:
    result = run_without_extras("""
import commonground as cg
fits = cg.fit(cg.simulate(cg.build_design(7, 3), 20))
try:
    cg.plot.caterpillar(fits)
except cg.CommonGroundError as error:
    print(error)
""")
    assert "pip install 'commonground[report]'" in result.stdout, result.stderr


def test_the_blocker_blocks() -> None:
    result = run_without_extras("import django")
    assert "django is an extra" in result.stderr
