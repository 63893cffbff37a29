from pathlib import Path

import pytest

from cleaners import load_phrases
from cleaners.document import Kind
from cleaners.errors import CleancopyError, PhraseFileError

GOOD = """\
publisher: example.org
names: [Example News]
country: IN
phrases:
  - id: promo
    kind: app_promo
    text: "Get the Example News app for {what:40}"
    where: tail
    seen: 2019..2020
    matches: ["Get the Example News app for iOS."]
    keeps: ["Shops get the app for free."]
"""


def load(folder: Path, text: str) -> None:
    (folder / "example.org.yaml").write_text(text, encoding="utf-8")
    load_phrases(folder)


def test_a_good_file_loads(tmp_path: Path) -> None:
    (tmp_path / "example.org.yaml").write_text(GOOD, encoding="utf-8")
    library = load_phrases(tmp_path)
    (phrase,) = (p for p in library.phrases if p.id == "example.org/promo")
    assert (phrase.kind, phrase.action, phrase.where, phrase.seen) == (Kind.APP_PROMO, "remove", "tail", "2019..2020")
    assert phrase.names_publisher
    assert library.country("example.org") == "IN"
    assert library.resolve("EXAMPLE NEWS") == "example.org"


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("kind: app_promo", "kind: app_promos", 6, "'app_promos' is none of about_organisation"),
        ("    where: tail\n", "    wehre: tail\n", 8, "unknown key 'wehre'"),
        ("where: tail", "where: middle", 8, "'middle' is none of head, tail, anywhere"),
        ("id: promo", "id: Promo!", 5, "use small letters"),
        ("seen: 2019..2020", "seen: recently", 9, "years"),
        ("{what:40}", "{what", 7, "brace"),
        ('["Get the Example News app for iOS."]', "[]", 10, "at least one item"),
        ('["Get the Example News app for iOS."]', '["Get the app."]', 5, "does not match its own example"),
        (
            '["Shops get the app for free."]',
            '["Get the Example News app for it"]',
            5,
            "would remove what it must keep",
        ),
        ('    keeps: ["Shops get the app for free."]\n', "", 5, "without `keeps`"),
        ('    matches: ["Get the Example News app for iOS."]\n', "", 5, "without `matches`"),
        ("publisher: example.org", "publisher: Example News", 1, "a domain in small letters"),
        ("country: IN", "country: India", 3, "ISO 3166"),
        ("publisher: example.org\n", "", 1, "either its `publisher` or its `language`"),
        ("    kind: app_promo\n", "    kind: app_promo\n    kind: app_promo\n", 7, "stands twice"),
        ("    kind: app_promo\n", "    kind: app_promo\n    action: erase\n", 7, "one of remove, move: FIELD, flag"),
        ("    kind: app_promo\n", "    kind: app_promo\n    action: {move: id}\n", 7, "cannot move to 'id'"),
        ("phrases:\n", "phrases: [\n", 5, "no valid YAML"),
        ("names: [Example News]", "names: {a: b}", 2, "expected a list"),
        (GOOD, "- a\n- b\n", 1, "expected keys and values"),
        (GOOD, "", 1, "the file is empty"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, complaint: str
) -> None:
    with pytest.raises(PhraseFileError) as refused:
        load(tmp_path, GOOD.replace(old, new))
    message = str(refused.value)
    assert message.startswith(f"{tmp_path / 'example.org.yaml'}:{line}: "), message
    assert complaint in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PhraseFileError, match="cannot be read"):
        load_phrases(tmp_path)


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PhraseFileError, match=r"b\.yaml:5: the id example\.org/promo is taken by .*a\.yaml:5"):
        load_phrases(tmp_path)


def test_a_folder_without_phrase_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CleancopyError, match="no phrase files"):
        load_phrases(tmp_path)


@pytest.mark.parametrize("action", ["{move: captions}", '"move: captions"'])
def test_a_move_may_be_a_mapping_or_a_quoted_string(tmp_path: Path, action: str) -> None:
    (tmp_path / "a.yaml").write_text(
        GOOD.replace("    kind: app_promo\n", f"    kind: app_promo\n    action: {action}\n"), encoding="utf-8"
    )
    (phrase,) = (p for p in load_phrases(tmp_path).phrases if p.id == "example.org/promo")
    assert (phrase.action, phrase.moves_to) == ("move", "captions")
