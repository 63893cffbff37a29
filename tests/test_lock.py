"""The lock, proved: plain pip makes a working environment from it and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

IMPORTS = """\
import ast, importlib, pathlib, sys
names = set()

def walk(node):
    # Every node, less what stands under an `if sys.version_info`: that is for another Python.
    if isinstance(node, ast.If) and "version_info" in ast.dump(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from walk(child)

for path in [*pathlib.Path("cleaners").rglob("*.py"), *pathlib.Path("flows").rglob("*.py")]:
    for node in walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
for name in sorted(names):
    importlib.import_module(name)
print(len(names))
"""


@pytest.mark.slow
@pytest.mark.prefect
def test_a_fresh_environment_from_the_lock_imports_everything_and_runs_the_flow(tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "VIRTUAL_ENV"))
    }
    environment["PREFECT_HOME"] = str(tmp_path / "prefect")

    def run(*command: str) -> str:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=500
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(sys.executable, "-m", "venv", str(python.parents[1]))
    pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--requirement", "requirements.lock", "--constraint", "requirements.lock")
    run(*pip, "--no-deps", "--no-build-isolation", str(ROOT))
    assert int(run(str(python), "-c", IMPORTS)) > 40
    out = tmp_path / "out"
    run(str(python.with_name("cleancopy")), "clean", "seeds/articles", "--out", str(out))
    assert list((out / "records").glob("*.jsonl"))
