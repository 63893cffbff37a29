import json
import time

import pytest

from flows.pages.extract import extract

STORY = [f"The {word} over the old canal was closed on Monday, and it is to stay shut." * 3 for word in "abcd"]
MARKED_UP = "".join(f"<p>{text}</p>" for text in STORY)


def script(data: object) -> str:
    """Data in a script, closing tags escaped as they are there."""
    return "<script>window.state = " + json.dumps(data).replace("</", "<\\/") + ";</script>"


def lines(body: str) -> list[str]:
    found = extract(f"<html><body><div id=app></div>{body}</body></html>")
    return found.text.split("\n") if found else []


@pytest.mark.parametrize(
    "data",
    [
        {"page": {"article": {"html": MARKED_UP}}},
        [1, MARKED_UP, "b"],
    ],
)
def test_an_article_that_is_there_as_data_only_is_read_from_it(data: object) -> None:
    assert lines(script(data)) == STORY


def test_what_was_rescued_is_counted_and_hinted() -> None:
    found = extract(f"<html><body>{script([MARKED_UP])}</body></html>")
    assert found is not None
    assert found.hints is not None
    assert found.told()["recovered_lines"] == 4
    assert {hint.tag for hint in found.hints.lines} == {"script"}


def test_the_article_of_structured_data_is_read_where_the_page_shows_none() -> None:
    said = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(STORY)})
    assert STORY[0] in " ".join(lines(f'<script type="application/ld+json">{said}</script>'))


def test_a_page_that_shows_its_text_is_left_alone() -> None:
    shown = "".join(f"<p>{text.replace('canal', 'river')}</p>" for text in STORY)
    found = extract(f"<html><body><article>{shown}</article>{script([MARKED_UP * 3])}</body>")
    assert found is not None
    assert "canal" not in found.text


def test_scripts_that_are_no_json_take_time_in_proportion() -> None:
    started = time.process_time()
    assert lines("<script>" + '"\\"' * 200_000 + "</script>") == []
    assert time.process_time() - started < 10
