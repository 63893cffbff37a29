"""The house rules that no linter knows."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import jsonschema
import pytest

from cleaners.document import Flag, Kind
from flows.documents.loaded import Reason
from flows.record import Record, schema

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_module_below_flows_has_the_name_of_another_package() -> None:
    """Prefect can put the folder of a flow first on the import path."""
    own = {path.stem for path in (ROOT / "flows").iterdir() if path.suffix in {"", ".py"} and path.stem[0] != "_"}
    taken = (set(sys.stdlib_module_names) | set(packages_distributions())) - {"flows", "cleaners"}
    assert own & taken == set()


@pytest.mark.parametrize(
    ("contract", "excepted"),
    [
        ("only the flow modules know Prefect", {"clean", "compact", "ingest", "orchestration", "reclean", "serving"}),
        ("only flows.fetching touches the network", {"fetching"}),
    ],
)
def test_an_import_contract_names_all_modules_but_its_exceptions(contract: str, excepted: set[str]) -> None:
    [named] = [each for each in PROJECT["tool"]["importlinter"]["contracts"] if each["name"] == contract]
    modules = {path.stem for path in (ROOT / "flows").iterdir() if path.suffix in {"", ".py"} and path.stem[0] != "_"}
    assert set(named["source_modules"]) - {"cleaners"} == {f"flows.{name}" for name in modules - excepted}


def test_nothing_below_tests_hides_the_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_lock_names_no_registry_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)
    pins = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins if not pin.startswith("#"))


def test_every_direct_dependency_is_in_the_lock() -> None:
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    assert {re.split("[^a-z0-9-]", name, maxsplit=1)[0] for name in wanted} <= locked


def test_the_record_schema_in_the_docs_is_the_types() -> None:
    kept = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(schema())), "run `make schema`"
    jsonschema.Draft202012Validator.check_schema(kept)


@pytest.mark.parametrize("name", [*Kind, *Flag, *Reason, *Record.__struct_fields__])
def test_every_kind_flag_reason_and_field_is_described(name: str) -> None:
    described = re.findall(r"^\| (.+?) \|", (ROOT / "docs" / "records.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert any(f"`{name}`" in cell for cell in described)


def test_the_readmes_python_example_says_what_it_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    run = subprocess.run([sys.executable, "-c", example], check=True, capture_output=True, text=True, cwd=ROOT)
    assert run.stdout.splitlines() == [line[2:] for line in example.splitlines() if line.startswith("# ")]


def test_doctests_of_the_package_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "doctest", "cleaners/__init__.py"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (run.returncode, run.stdout) == (0, "")


@pytest.mark.parametrize("path", sorted((ROOT / "cleaners").rglob("*.py")), ids=lambda path: path.stem)
def test_cleaners_open_no_file_but_their_own_data(path: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    reading = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}
    # The phrases, the cue words and the trained models.
    own = {
        "reading": {"read_text"},
        "cues": {"read_text"},
        "line_model": {"read_bytes"},
        "page_model": {"read_bytes"},
    }
    assert calls & reading <= own.get(path.stem, set())
