"""`commonground serve` as a process: addresses, first run, ports, stopping, falling over."""

import os
import signal
import socket
import sqlite3
import urllib.request
from collections.abc import Callable
from pathlib import Path


def answers(data: Path) -> int:
    with sqlite3.connect(data / "commonground.sqlite3") as database:
        (number,) = database.execute("SELECT count(*) FROM respond_taskanswer").fetchone()
    database.close()
    return int(number)


def text_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def children(parent: int) -> list[int]:
    """The processes a process has started, on Linux."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in found]


def test_a_study_is_served_and_everything_ends_together(
    start: Callable[..., object], tmp_path: Path, small_study: Path, free_port: int
) -> None:
    data = tmp_path / "data"
    site = start("serve", "--data", data, "--study", small_study, "--port", free_port)
    assert site.addresses["site"] == f"http://localhost:{free_port}/"  # never an IP address
    assert site.addresses["first_run"].startswith(f"http://localhost:{free_port}/start/?token=")
    assert "Make the account" in text_of(site.addresses["first_run"])
    assert "No account needed" in text_of(site.link)  # open at once
    assert data.stat().st_mode & 0o077 == 0
    assert site.stop(signal.SIGTERM) == 0
    assert site.log.read_text() == ""

    again = start("serve", "--data", data, "--study", small_study, "--port", free_port)
    assert again.link == site.link  # the very same study, not another one
    assert again.addresses["first_run"] != site.addresses["first_run"]
    assert again.stop(signal.SIGINT) == 0


def test_an_acknowledged_answer_survives_kill_9_and_no_process_is_left(
    start: Callable[..., object], participant: Callable[..., object], tmp_path: Path, small_study: Path, free_port: int
) -> None:
    data = tmp_path / "data"
    arguments = ("serve", "--data", data, "--study", small_study, "--port", free_port)
    site = start(*arguments)
    person = participant(site.link).until("task-3")
    where, code = person.where, person.code
    for pid in [*children(site.process.pid), site.process.pid]:
        os.kill(pid, signal.SIGKILL)  # every process at once, as when the power fails
    site.process.wait()
    assert answers(data) == 2

    site = start(*arguments)
    assert person.go(where).step == "task-3"
    person.send()
    assert answers(data) == 3
    assert person.code == code
    site.process.kill()  # the parent alone: its children notice and end
    site.left_alone()


def test_without_a_port_the_next_free_one_is_taken_and_said(start: Callable[..., object], tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT counts as free
        try:
            other.bind(("127.0.0.1", 8000))
            other.listen()
        except OSError:
            pass  # somebody listens there already, which is what this test needs
        site = start("serve", "--data", tmp_path / "data")
        assert site.addresses["site"] != "http://localhost:8000/"
        assert "Port 8000 is in use" in site.log.read_text()
        assert "ok" in text_of(site.addresses["site"] + "health/")


def test_a_port_named_by_hand_is_never_changed(run: Callable[..., object], tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        finished = run("serve", "--data", tmp_path / "data", "--port", port)
    assert finished.returncode == 1
    assert f"Port {port} is in use" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not (tmp_path / "data").exists()


def test_a_study_with_a_mistake_is_named_and_nothing_starts(run: Callable[..., object], tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("title: [\n", encoding="utf-8")
    finished = run("serve", "--data", tmp_path / "data", "--study", path)
    assert finished.returncode == 1
    assert "study.yaml" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_directory_of_a_newer_version_is_refused_unharmed(
    start: Callable[..., object], run: Callable[..., object], tmp_path: Path, free_port: int
) -> None:
    data = tmp_path / "data"
    start("serve", "--data", data, "--port", free_port).stop()
    with sqlite3.connect(data / "commonground.sqlite3") as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('studies', '0099_later', '2030')")
    database.close()
    finished = run("serve", "--data", data, "--port", free_port)
    assert finished.returncode == 1
    assert "newer version" in finished.stderr
