from cleaners.model.page_features import NAMES, PageView
from cleaners.model.page_model import load_page_model
from cleaners.model.page_words import in_page_words
from tests.cleaners.model.pages import page


def test_prose_that_the_extractor_took_stays() -> None:
    view = PageView(*page(), ["A bridge is shut"])
    scores = {judged.index: judged.score for judged in load_page_model().judge(view)}
    assert sorted(scores) == list(view.asked)
    assert scores[2] < load_page_model().threshold
    assert scores[4] < load_page_model().threshold


def test_what_it_says_is_the_same_each_time() -> None:
    views = [PageView(*page(), ["A bridge is shut"]) for _ in range(2)]
    assert load_page_model().judge(views[0]) == load_page_model().judge(views[1])


def test_each_feature_has_words() -> None:
    assert all(in_page_words(name) and "_" not in in_page_words(name) for name in NAMES)
