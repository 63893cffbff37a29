"""What the tests of the flows share: a library, records made of a line, and the command line in this process."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cleaners import Document, load_phrases
from cleaners.phrases.library import Library
from flows import cli
from flows.documents.loaded import Loaded, Source
from flows.record import Record
from flows.recording import clean_document
from tests.flows.postgres import serve_postgres

PATIENCE = 60
PROSE = (
    "The bridge over the old canal was closed for repairs on Monday, and the town's council said it would stay shut."
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL server for as long as the tests last; each call gives the URL of a state's own schema."""
    with serve_postgres() as url:
        numbers = count()
        yield lambda: f"{url}?schema=store_{next(numbers)}"


@pytest.fixture(scope="session")
def library() -> Library:
    return load_phrases()


@pytest.fixture(scope="session")
def record_of(library: Library) -> Callable[..., Record]:
    """The record of a text, with the input's fields by name."""

    def record_of(text: str, *, run: str | None = "run-1", **fields: Any) -> Record:  # noqa: ANN401 - any field
        source = Source(Path("in/rows.jsonl"), "rows.jsonl", 0)
        loaded = Loaded(document=Document(text=text, **fields), source=source, line=1)
        return clean_document(loaded, library, run=run)

    return record_of


@pytest.fixture
def rows(tmp_path: Path) -> Callable[..., Path]:
    """Write a JSON Lines file; a value that is bytes is a line as it stands."""

    def rows(*values: Any, name: str = "rows.jsonl") -> Path:  # noqa: ANN401 - JSON is anything
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [value if isinstance(value, bytes) else json.dumps(value).encode() for value in values]
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    return rows


@pytest.fixture
def run_cli(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """The command line in this process: exit code, standard output, standard error."""

    def run_cli(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cleancopy", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setenv("COLUMNS", "200")
        capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        out, err = capsys.readouterr()
        assert isinstance(leaving.value.code, int)
        return leaving.value.code, out, err

    return run_cli


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Every line of a store's folder, in the order of its files."""

    def stored(folder: str = "records", out: Path = tmp_path / "out", part: str = "*.jsonl") -> list[dict[str, Any]]:
        files = sorted((out / folder).glob(part))
        return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]

    return stored


@pytest.fixture(scope="session")
def command() -> str:
    found = shutil.which("cleancopy", path=Path(sys.executable).parent)
    assert found is not None
    return found


@pytest.fixture
def execute(command: str) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """A real run of the installed command."""

    def execute(*arguments: object, **settings: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401
        settings = {"stdout": subprocess.PIPE, "input": b"", **settings}
        return subprocess.run(
            [command, *map(str, arguments)], stderr=subprocess.PIPE, check=False, timeout=PATIENCE, **settings
        )

    return execute
