"""The README's lines for other tools, run as they stand there on a store whose records differ in shape."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaners import Document, load_phrases
from flows.documents.loaded import Loaded, Source
from flows.record import Record, encode
from flows.recording import clean_document

README = Path(__file__).parents[1] / "README.md"
PROSE = "The bridge over the old canal was closed for repairs on Monday, and the council said it would stay shut."

# The first part is a trap for readers that guess: title, language and date are null, lists empty, ids and texts look
# like numbers and dates, and one text is empty. In the second part the same fields hold something.
PARTS: dict[str, list[dict[str, Any]]] = {
    "a": [
        {"id": "007", "text": "12"},
        {"id": "2024-03-01", "text": ""},
        {"id": "f47ac10b-58cc-4372-a567-0e02b2c3d479", "text": f"{PROSE}\n\u201c \u2028 {{}} \x85 \U0001f327"},
    ],
    "b": [
        {
            "id": "urn:example:4", "text": f"By Ann Author\n{PROSE}\nAdvertisement", "title": "Bridge shut",
            "publisher": "example.org", "language": "en", "tags": ("bridges",),
            "date_published": "2019-03-10T10:50:00+05:30",
        },
        {"id": "urn:example:5", "text": f"LONDON, March 1 (Reuters) - {PROSE}", "date_published": "2019-03-10"},
        {"id": "urn:example:6", "text": PROSE * 1000},
    ],
}  # fmt: skip
METADATA: dict[str, Any] = {"urn:example:4": {"feed": {"categories": ["a"]}}, "urn:example:5": {"feed": 3}}

ROWS = {
    "duckdb": "[row[:2] for row in records.fetchall()]",
    "pandas": "records[['id', 'text']].values.tolist()",
    "datasets": "[(row['id'], row['text']) for row in records]",
    "datatrove": "[(document.id, document.text) for document in records]",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store at `out`, as the README has it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "out" / "records").mkdir(parents=True)
    library = load_phrases()

    def record_of(row: dict[str, Any]) -> Record:
        source = Source(Path("rows.jsonl"), "rows.jsonl", 0)
        loaded = Loaded(document=Document(**row), source=source, line=1, metadata=METADATA.get(row["id"], {}))
        return clean_document(loaded, library, run="run-1")

    for name, rows in PARTS.items():
        lines = b"".join(encode(record_of(row)) for row in rows)
        (folder / "out" / "records" / f"{name}.jsonl").write_bytes(lines)
    return folder


def stored(part: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in part.read_bytes().splitlines()]


def blocks() -> dict[str, str]:
    """The README's lines by the tool that they import."""
    _, _, rest = README.read_text(encoding="utf-8").partition("## Reading the records elsewhere\n")
    section, _, _ = rest.partition("\n## ")
    found = re.findall(r"```py\n(.*?)```", section, re.DOTALL)
    return {tool: block for block in found for tool in ROWS if re.search(rf"(import|from) {tool}\b", block)}


def test_the_readme_has_one_statement_for_each_tool() -> None:
    assert set(blocks()) == set(ROWS)
    for block in blocks().values():
        *imports, statement = ast.parse(block).body
        assert isinstance(statement, ast.Assign)
        assert all(isinstance(line, ast.Import | ast.ImportFrom) for line in imports)


def test_the_store_is_one_that_guessing_fails_on(folder: Path) -> None:
    first, second = (stored(part) for part in sorted((folder / "out" / "records").iterdir()))
    for field in ("title", "language", "date_published"):
        assert all(record[field] is None for record in first)
        assert any(record[field] is not None for record in second)
    assert all(record["removed"] == [] for record in first)
    assert any(record["removed"] for record in second)
    assert [record["text"] for record in first][:2] == ["12", ""]


@pytest.mark.parametrize("tool", ROWS)
def test_ids_and_texts_come_out_as_they_went_in(tool: str, folder: Path, tmp_path: Path) -> None:
    records = [record for part in sorted((folder / "out" / "records").iterdir()) for record in stored(part)]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{blocks()[tool]}\nimport json\nprint(json.dumps({ROWS[tool]}))"],
        cwd=folder,
        env={
            **os.environ,
            "HF_HOME": str(tmp_path),
            "HF_DATASETS_CACHE": str(tmp_path / "datasets"),
            "HF_HUB_OFFLINE": "1",
        },
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()
    passed_over = {""} if tool == "datatrove" else set()
    expected = [[record["id"], record["text"]] for record in records if record["text"] not in passed_over]
    assert json.loads(run.stdout) == expected


LAST = {
    "duckdb": r"`(duckdb\.sql\(.+?\))`",
    "pandas": r"`(records\.sort_values\(.+?\))`",
}

VERSIONS = {"duckdb": "project('version').fetchnumpy()['version'].tolist()", "pandas": "version"}


@pytest.mark.parametrize("tool", LAST)
def test_only_the_last_versions_are_left_by_the_readmes_line(tool: str, folder: Path, tmp_path: Path) -> None:
    (found,) = re.findall(LAST[tool], README.read_text(encoding="utf-8"))
    records = tmp_path / "out" / "records"
    records.mkdir(parents=True)
    for part in (folder / "out" / "records").iterdir():
        lines = part.read_bytes()
        (records / part.name).write_bytes(lines)
        (records / f"later-{part.name}").write_bytes(lines.replace(b'"version":1,', b'"version":2,'))
    script = f"{blocks()[tool]}\nrecords = {found}\nprint(len(records), set(records.{VERSIONS[tool]}))"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert run.stdout.decode() == "6 {2}\n", run.stderr.decode()
