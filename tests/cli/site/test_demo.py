"""`commonground demo`: once, quickly, kept on a rerun, for this machine only."""

from collections.abc import Callable
from pathlib import Path


def test_the_demo_is_ready_to_look_at_and_keeps_what_visitors_answer(
    start: Callable[..., object], participant: Callable[..., object], tmp_path: Path, free_port: int
) -> None:
    data = tmp_path / "demo"
    site = start("demo", "--data", data, "--port", free_port)
    living, published = site.addresses["studies"]
    assert (living["kind"], published["kind"]) == ("simulated", "published")
    assert living["report"]
    assert published["report"]
    assert published["public"] == ""
    visitor = participant(living["public"]).until("thanks")
    assert visitor.step == "thanks"
    owner = participant(living["public"]).sign_in(site.addresses["sign_in"])
    assert "128 of 127 planned answers" in owner.page
    choices = owner.go(f"{living['owner']}files/choices.csv").page
    assert len({line.split(",")[0] for line in choices.splitlines()[1:]}) == 152 + 1
    assert "It holds the answers of 127 people." in owner.go(living["report"]).page
    assert "It holds the answers of 128 people." in owner.next_report(living["owner"]).page
    lead = owner.go(site.addresses["partnership"])
    assert "Next: look at the results, then meet" in lead.page
    assert "7 of 7 people answered." in lead.go(f"{site.addresses['partnership']}results/").page
    assert "Less pain at blood tests" in participant("").go(site.addresses["partner_link"]).page
    site.stop()

    again = start("demo", "--data", data, "--port", free_port)
    assert "keeps what was answered before" in again.log.read_text()
    assert again.addresses["studies"][0]["report"] != living["report"]  # the newest, with the visitor in it
    owner = participant(living["public"]).sign_in(again.addresses["sign_in"])
    assert "128 of 127 planned answers" in owner.page
