"""A short story in each of thirty-two languages, beside a menu and a footer: no line is lost for its script."""

from pathlib import Path

import pytest
import yaml

from cleaners import clean, load_model, load_phrases
from cleaners.layout import ends_sentence
from flows.documents.pages import document_of
from flows.pages.extract import extract

STORIES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "stories.yaml").read_text(encoding="utf-8"))
# Thai ends a sentence with a space, or with nothing.
UNMARKED = {"th"}
MENU = "".join(f'<li><a href="/{number}">{number}</a></li>' for number in range(6))


@pytest.mark.parametrize("language", STORIES)
def test_no_line_is_lost_for_its_script(language: str) -> None:
    story = STORIES[language].split("\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in story)
    page = extract(
        f'<html lang="{language}"><body><nav><ul>{MENU}</ul></nav><main><article>{paragraphs}</article></main>'
        "<footer>© Example</footer></body></html>"
    )
    assert page is not None
    assert page.language == language
    assert page.text.split("\n") == story
    assert clean(document_of(page, None), load_phrases(), load_model()).text.split("\n") == story


@pytest.mark.parametrize("language", sorted(STORIES.keys() - UNMARKED))
def test_its_sentences_end_as_sentences_do(language: str) -> None:
    assert all(map(ends_sentence, STORIES[language].split("\n")))
