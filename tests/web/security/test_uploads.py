"""What people bring along: far too large, packed a thousandfold, referring to itself, or naming places outside."""

import io
import json
import re
import resource
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from commonground.files.study import parse_study
from commonground.files.xlsform_sheets import MOST_COLUMNS, read_sheets
from commonground.records.errors import DataError, StudyError
from commonground.web.building.design_own import design_from_table
from commonground.web.site.copies import FORMAT, restore
from commonground.web.studies.models import Study

MOST_SECONDS = 10
MOST_MEGABYTES = 400


@pytest.fixture
def frugal() -> Iterator[None]:
    """What is done here takes no more than a page may."""
    seconds, before = time.process_time(), _peak()
    yield
    assert time.process_time() - seconds < MOST_SECONDS
    assert _peak() - before < MOST_MEGABYTES


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


ALIASES = "\n".join(
    ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
)
MERGES = "\n".join(["m0: &m0 {x: 1}"] + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 7)])
BOMBS = {
    "aliases": ALIASES,
    "itself": "a: &a [*a]",
    "merges": MERGES,
    "lists in lists": "a: " + "[" * 5000 + "]" * 5000,
    "maps in maps": "a: " + "{a: " * 2000 + "1" + "}" * 2000,
    "an object": "!!python/object/apply:os.system ['touch /tmp/owned']",
    "a tag": "title: !!python/name:os.system x",
    "a number": "format_version: " + "9" * 50_000,
    "a date": "format_version: 2026-99-99",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.usefixtures("frugal")
def test_a_document_that_means_harm_is_refused_in_words(bomb: str) -> None:
    with pytest.raises(StudyError):
        parse_study(bomb)


def test_the_page_for_documents_refuses_them_as_well(as_owner: Client) -> None:
    for bomb in (ALIASES, BOMBS["lists in lists"], "x: " + "y" * 999_000):
        assert as_owner.post("/studies/new/", {"text": bomb}).status_code == 422
    large = SimpleUploadedFile("study.yaml", b"x" * 1_000_001)
    assert as_owner.post("/studies/new/", {"file": large}).status_code == 422
    assert not Study.objects.exists()


@pytest.mark.usefixtures("frugal")
def test_a_packed_design_is_not_unpacked(study: Study) -> None:
    packing = zlib.compressobj(1, wbits=31)
    bomb = b"".join(packing.compress(bytes(1_000_000)) for _megabyte in range(500)) + packing.flush()
    with pytest.raises(DataError, match="packed"):
        design_from_table(bomb, "design.csv", study.record())


@pytest.mark.parametrize("name", ["..", "/etc/passwd", "../../design.csv", "x" * 300, ".", "design.parquet", "a/b"])
def test_a_design_may_be_called_anything(study: Study, name: str) -> None:
    with pytest.raises(DataError) as error:
        design_from_table(b"version,task\n1,1\n", name, study.record())
    assert tempfile.gettempdir() not in str(error.value)


def workbook(change: Callable[[str], str]) -> bytes:
    """A workbook whose first sheet says something else."""
    book, whole, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "survey"
    for row in (("type", "name", "label"), ("text", "word", "A word?")):
        book.active.append(row)
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()) if name.endswith("sheet1.xml") else content)
    return changed.getvalue()


def claims_to_be_huge(sheet: str) -> str:
    """One cell far down in a sheet that says it has every column there can be."""
    claimed = re.sub(r'<dimension ref="[^"]*"\s*/>', '<dimension ref="A1:XFD1048576"/>', sheet)
    return claimed.replace("</sheetData>", '<row r="9999"><c r="A9999"><v>1</v></c></row></sheetData>')


def refers_to_itself(sheet: str) -> str:
    """The billion laughs."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    laughing = f'<!DOCTYPE l [<!ENTITY a0 "ha">{entities}]>'
    cell = '<row r="3"><c r="A3" t="inlineStr"><is><t>&a8;</t></is></c></row></sheetData>'
    return laughing + re.sub(r"^<\?xml[^>]*>", "", sheet).replace("</sheetData>", cell)


@pytest.mark.usefixtures("frugal")
def test_a_workbook_is_read_no_wider_than_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(claims_to_be_huge))
    assert all(len(row.cells) <= MOST_COLUMNS for row in read_sheets(path).survey)


@pytest.mark.parametrize(
    "content",
    [workbook(refers_to_itself), workbook(lambda sheet: sheet[: len(sheet) // 2]), b"PK\x03\x04", b"no workbook"],
    ids=["itself", "cut", "begun", "none"],
)
@pytest.mark.usefixtures("frugal")
def test_a_workbook_that_means_harm_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    with pytest.raises(DataError):
        read_sheets(path)


@pytest.mark.usefixtures("frugal")
def test_a_workbook_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(DataError, match="unpacks to 60 MB"):
        read_sheets(path)


class TestBackups:
    """A copy comes from somewhere: what it names stays inside the new directory."""

    def copy(self, tmp_path: Path, *names: str, content: bytes = b"x") -> Path:
        path = tmp_path / "copy.zip"
        files = [{"path": name, "bytes": len(content), "sha256": sha256(content).hexdigest()} for name in names]
        manifest = {
            "format": FORMAT, "format_version": 1, "package_version": "1", "made_at": "now", "files": files,
            "databases": [],
        }  # fmt: skip
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            for name in dict.fromkeys(names):
                archive.writestr(f"data/{name}", content)
        return path

    @pytest.mark.parametrize(
        "name",
        ["../out", "/out/of/here", "a/../../out", "..", ".", "", "a\\..\\..\\out", "C:\\out", "a/./../..", "nul\x00l"],
    )
    def test_no_name_leads_outside(self, tmp_path: Path, name: str) -> None:
        before = set(tmp_path.rglob("*"))
        with pytest.raises(DataError):
            restore(self.copy(tmp_path, name), tmp_path / "new" / "data")
        left = {one for one in tmp_path.rglob("*") if one.is_file()} - before
        assert left == {tmp_path / "copy.zip"}

    @pytest.mark.parametrize("names", [("a", "a"), ("a", "a/b"), ("a/b", "a")])
    def test_names_that_stand_in_each_others_way_are_refused(self, tmp_path: Path, names: tuple[str, ...]) -> None:
        with pytest.raises(DataError):
            restore(self.copy(tmp_path, *names), tmp_path / "data")

    @pytest.mark.usefixtures("frugal")
    def test_a_file_larger_than_it_says_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        path = tmp_path / "copy.zip"
        content = b"0" * 50_000_000
        manifest = {
            "format": FORMAT, "format_version": 1, "package_version": "1", "made_at": "now", "databases": [],
            "files": [{"path": "a", "bytes": 5, "sha256": sha256(content).hexdigest()}],
        }  # fmt: skip
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            archive.writestr("data/a", content)
        with pytest.raises(DataError):
            restore(path, tmp_path / "new")
        assert not (tmp_path / "new").exists()
