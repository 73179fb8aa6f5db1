"""A programme of modules held against the framework: holes, overloads, own outcomes, local variants."""

import pytest
from django.test import Client

from commonground.web.accounts.models import User
from commonground.web.capabilities.actions import begin_profile
from commonground.web.capabilities.models import ProgrammeDocument
from commonground.web.partnerships.models import Partnership

MODULE = {
    "title": "Working with communities",
    "level": "7",
    "variants": "Norway: in spring",
    "activities": ["mentoring"],
}


@pytest.fixture
def where(partnership: Partnership, owner: User) -> str:
    """The programme's address."""
    begin_profile(partnership=partnership, actor=owner)
    return f"/partnerships/{partnership.public_id}/programme/"


def test_a_module_is_made_filled_and_shown_in_the_matrix(as_owner: Client, where: str) -> None:
    assert "none are made up here" in as_owner.get(where).content.decode()
    made = as_owner.post(f"{where}module/", MODULE)
    assert made.headers["Location"] == f"{where}module/working-with-communities/"
    served = {"text": "map who is concerned", "capabilities": ["communities", "systems"]}
    as_owner.post(f"{made.headers['Location']}outcomes/", served)
    page = as_owner.get(where)
    taught = {one.id: row.taught.value for one, row in page.context["rows"]}
    assert (taught["communities"], taught["systems"], taught["local"]) == ("fits", "fits", "hole")
    assert "Taught nowhere:" in page.content.decode()
    table = as_owner.get(f"{where}matrix.csv").content.decode()
    assert "communities,fits,1" in table


def test_a_module_changes_and_keeps_its_outcomes(as_owner: Client, where: str) -> None:
    at = as_owner.post(f"{where}module/", MODULE).headers["Location"]
    as_owner.post(f"{at}outcomes/", {"text": "listen"})
    as_owner.post(at, {**MODULE, "title": "Communities", "level": "8"})
    (module,) = ProgrammeDocument.objects.get().record().modules
    assert (str(module.title), module.level, len(module.outcomes)) == ("Communities", 8, 1)
    assert [(one.place, one.change) for one in module.variants] == [("Norway", "in spring")]
    as_owner.post(f"{at}outcomes/", {"remove": "0"})
    assert not ProgrammeDocument.objects.get().record().modules[0].outcomes
    as_owner.post(at, {"remove": "yes"})
    assert not ProgrammeDocument.objects.get().record().modules
    assert as_owner.get(at).status_code == 404


def test_entry_flexibility_and_support_are_kept(as_owner: Client, where: str) -> None:
    sent = {"title": "Our MSc", "entry": "a letter\nan interview", "flexibility": "", "support": "a mentor"}
    as_owner.post(f"{where}about/", sent)
    page = as_owner.get(where).content.decode()
    assert "a letter; an interview" in page
    assert "Our MSc" in page


def test_a_mistake_keeps_what_was_written(as_owner: Client, where: str) -> None:
    page = as_owner.post(f"{where}module/", {**MODULE, "title": "", "staff": "two nurses"})
    assert page.status_code == 422
    assert "two nurses" in page.content.decode()
