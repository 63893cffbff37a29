"""Settings from a file and the environment: who wins, and what is refused."""

from pathlib import Path

import pytest

from flows.settings import Said, SettingsError, read_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "cleancopy.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def test_without_a_file_and_variables_nothing_is_said() -> None:
    assert read_settings({"PATH": "/bin"}) == {}


def test_the_file_is_read_and_the_environment_wins() -> None:
    write('out = "news"\nwait = true\ndisable = ["en/app"]\n')
    assert read_settings({"CLEANCOPY_OUT": "other"}) == {
        "out": Said("other", "CLEANCOPY_OUT"),
        "wait": Said(value=True, origin="cleancopy.toml"),
        "disable": Said(("en/app",), "cleancopy.toml"),
    }


def test_another_file_can_be_named() -> None:
    write('out = "news"\n')
    write('out = "other"\n', "mine.toml")
    assert read_settings({"CLEANCOPY_CONFIG": "mine.toml"}) == {"out": Said("other", "mine.toml")}


def test_variables_are_texts() -> None:
    said = read_settings({"CLEANCOPY_WAIT": "true", "CLEANCOPY_DIRECT": "0", "CLEANCOPY_DISABLE": "en/app, en/ad"})
    assert {name: each.value for name, each in said.items()} == {
        "wait": True,
        "direct": False,
        "disable": ("en/app", "en/ad"),
    }


def test_an_empty_variable_says_nothing() -> None:
    assert read_settings({"CLEANCOPY_OUT": ""}) == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('owt = "news"\n', r"^cleancopy\.toml: owt: is no setting; there are out, feeds, "),
        ('wait = "true"\n', r"^cleancopy\.toml: wait: Expected `bool`, got `str`$"),
        ('updates = "replace"\n', r"^cleancopy\.toml: updates: Invalid enum value 'replace'$"),
        ("out = \n", r"^cleancopy\.toml: .*line 1"),
    ],
)
def test_a_mistake_in_the_file_is_one_line(text: str, complaint: str) -> None:
    write(text)
    with pytest.raises(SettingsError, match=complaint):
        read_settings({})


def test_what_kubernetes_says_of_a_service_of_our_name_is_passed_over() -> None:
    """Each command failed in the pods beside it."""
    said = {
        "CLEANCOPY_SERVICE_HOST": "10.0.0.1",
        "CLEANCOPY_SERVICE_PORT": "80",
        "CLEANCOPY_SERVICE_PORT_HTTP": "80",
        "CLEANCOPY_PORT": "tcp://10.0.0.1:80",
        "CLEANCOPY_PORT_80_TCP_ADDR": "10.0.0.1",
    }
    assert read_settings(said) == {}


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("CLEANCOPY_OWT", "news", r"^CLEANCOPY_OWT: is no setting; "),
        ("CLEANCOPY_WAIT", "perhaps", r"^CLEANCOPY_WAIT: Expected `bool`"),
        ("CLEANCOPY_CONFIG", "none.toml", r"^none\.toml: there is no such file, though CLEANCOPY_CONFIG names it$"),
    ],
)
def test_a_mistake_in_the_environment_is_one_line(variable: str, value: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        read_settings({variable: value})
