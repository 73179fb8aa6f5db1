"""The rules the test suite itself lives by, each shown to bite."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING_TESTS = {
    "test_skips.py": "import pytest\n\ndef test_it():\n    pytest.skip('no browser')\n",
    "test_skips_whole.py": "import pytest\n\npytest.skip('no database', allow_module_level=True)\n",
    "test_xfails.py": "import pytest\n\n@pytest.mark.xfail(strict=True)\ndef test_it():\n    assert False\n",
}


def run_in_ci(project: Path, folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run one little test under this suite's conftest, with CI=true."""
    (folder / "conftest.py").write_text((project / "tests/conftest.py").read_text())
    (folder / test).write_text(SKIPPING_TESTS[test])
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", test],
        cwd=folder,
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("test", ["test_skips.py", "test_skips_whole.py"])
def test_a_skip_in_ci_is_a_failure(project: Path, tmp_path: Path, test: str) -> None:
    result = run_in_ci(project, tmp_path, test)
    assert result.returncode != 0
    assert "Nothing may skip in CI" in result.stdout


def test_an_expected_failure_in_ci_is_not(project: Path, tmp_path: Path) -> None:
    assert run_in_ci(project, tmp_path, "test_xfails.py").returncode == 0


def test_a_test_cannot_call_outside() -> None:
    with (
        pytest.warns(UserWarning, match="socket"),
        pytest.raises(RuntimeError, match=r"192\.0\.2\.1"),
        socket.socket() as outside,
    ):
        outside.connect(("192.0.2.1", 80))


def test_a_test_can_call_this_machine() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
