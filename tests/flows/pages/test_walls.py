import time

import pytest

from flows.pages.walls import Wall, is_cut_off, recognise, with_lead_apart, without_lead, words

PAGES = [(wall, page) for wall in Wall for page in words()[wall]["pages"]]
PROSE = "The council said on Monday that the bridge would stay shut until the spring, and that nobody knew the cost. "


@pytest.mark.parametrize("article", [*words()["articles"], "", " \n", PROSE * 5, "Ray\n" * 3])
def test_an_article_is_no_wall(article: str) -> None:
    assert recognise(article) is None


@pytest.mark.parametrize(("wall", "page"), PAGES)
def test_a_wall_is_recognised(wall: Wall, page: str) -> None:
    assert recognise(page) is wall
    assert recognise(page.upper()) is wall


@pytest.mark.parametrize(("wall", "page"), [(wall, page) for wall, page in PAGES if wall is not Wall.PAYWALL])
def test_a_walls_words_below_an_article_are_none_of_our_business(wall: Wall, page: str) -> None:
    """The cleaner takes a banner out; the article is there."""
    assert recognise("\n".join([*[PROSE * 3] * 4, page])) is None, wall


def test_a_long_text_is_an_article_whatever_it_says() -> None:
    assert recognise("We use cookies. " * 500) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was late again on Monday…",
        "The ferry was late again on Monday ...",
        "The ferry was late again on Monday [...]",
        "The ferry was late again on Monday […]",
        "The ferry was late again on Monday (…) →",
        "The ferry was late again.\nContinue reading",
        "The ferry was late again.\nRead more »",
        "The ferry was late again … Continue reading The ferry that never came →",
        "The ferry was late again. [...] Read More",
        "The ferry was late again […]\nThe post The ferry appeared first on Example News.",
        "Die Fähre kam wieder zu spät.\nWeiterlesen",
        "Le bac est encore en retard… Lire la suite",
        "El ferri volvió a llegar tarde. […] Leer más",
        "Il traghetto era di nuovo in ritardo.\nContinua a leggere",
        "A balsa atrasou de novo.\nLeia mais",
        "De veerboot was weer te laat. ... Lees verder",
        "Prom znów się spóźnił.\nCzytaj dalej",
        "Паром снова опоздал.\nЧитать далее",
        "船がまた遅れた。\n続きを読む",
        "The ferry was late again. Read more",
        "The ferry was late again. [Read more...]",
        "船がまた遅れた。続きを読む »",
    ],
)
def test_a_text_that_leads_on_is_cut_off(text: str) -> None:
    assert is_cut_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "The ferry was late again.",
        "The ferry was late again.\nThe post The ferry appeared first on Example News.",
        "Die Fähre kam zu spät.\nDer Beitrag Die Fähre erschien zuerst auf Beispiel.",
        "The ferry was late again.\nRead more: The ferry that never came",
        "She would … wait and see, the captain said.",
        "The children will read more.",
        "She liked books. Read more books, she said.",
        'What should they do? "They should read more."',
        "Whoever wants to know more should read more books than newspapers in the long evenings of the winter.",
    ],
)
def test_a_text_that_ends_is_whole(text: str) -> None:
    assert not is_cut_off(text)


@pytest.mark.parametrize("text", ["We use cookies ", "... ", "a\n", "We and our ", "The post "])
def test_time_grows_with_the_length(text: str) -> None:
    started = time.perf_counter()
    recognise(text * 100_000)
    is_cut_off(text * 100_000)
    with_lead_apart(text * 100_000)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("text", "before", "lead"),
    [
        ("It sails. Read more", "It sails.", "Read more"),
        ("It sails… Continue reading The ferry →", "It sails…", "Continue reading The ferry →"),
        ("It sails [...] Read More »\nThe post It appeared first on X.", "It sails [...]", "Read More »"),
        ("It sails. [Read more...]", "It sails.", "[Read more...]"),
        ("Sie fährt.\nWeiterlesen", "Sie fährt.", "Weiterlesen"),
        ("It sails on Monday …", "It sails on Monday …", ""),
        ("The children will read more.", "The children will read more.", ""),
        ("", "", ""),
    ],
)
def test_what_leads_on_is_parted_from_the_text(text: str, before: str, lead: str) -> None:
    appended = text.split("\n")[1:] if "The post" in text else []
    assert with_lead_apart(text).split("\n") == [*([before, lead] if lead else [before]), *appended]
    assert without_lead(text).split("\n") == [before, *appended]
