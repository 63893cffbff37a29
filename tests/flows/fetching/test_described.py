"""docs/fetching.md says what is true."""

import re
from pathlib import Path

import pytest

from flows.fetching.circuit import OF_THE_HOST
from flows.fetching.hosts import MOST_IDLE
from flows.fetching.results import Reason
from flows.fetching.retries import RETRIED
from flows.fetching.settings import FetchSettings

TEXT = (Path(__file__).parents[3] / "docs" / "fetching.md").read_text(encoding="utf-8")


def row(section: str, name: str) -> list[str]:
    text = TEXT.partition(f"## {section}\n")[2].partition("\n## ")[0]
    (cells,) = re.findall(rf"^\| `{name}` \| (.+) \|$", text, re.MULTILINE)
    return str(cells).split(" | ")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_described_with_what_follows_from_it(reason: Reason) -> None:
    _, retried, of_the_host = row("Retries", reason)
    assert retried.startswith("yes") == (reason in RETRIED)
    assert of_the_host == ("yes" if reason in OF_THE_HOST else "no")


def test_how_many_hosts_are_remembered() -> None:
    assert f"of more than {MOST_IDLE:,} hosts" in TEXT


@pytest.mark.parametrize("name", FetchSettings.__struct_fields__)
def test_every_setting_is_described_with_its_default(name: str) -> None:
    default = getattr(FetchSettings(), name)
    assert row("Settings", name)[0] == ("none" if default in {None, ()} else str(default).lower())
