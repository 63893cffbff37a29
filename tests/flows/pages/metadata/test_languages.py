import pytest

from flows.pages.metadata.languages import choose_language

ENGLISH = "The bridge over the old canal was closed for repairs on Monday, and it will stay shut. " * 2
RUSSIAN = "Мост через старый канал закрыли на ремонт в понедельник, и он останется закрытым. " * 2
JAPANESE = "橋の修理は月曜日に始まり、町の議会は冬が来る前に終える予定だと述べた。" * 3
KOREAN = "다리는 월요일에 수리를 위해 폐쇄되었고 시의회는 겨울이 오기 전에 끝낼 것이라고 말했다. " * 3


@pytest.mark.parametrize(
    ("declared", "sample", "language"),
    [
        (["en-GB"], ENGLISH, "en-GB"),
        (["pt_BR"], ENGLISH, "pt-BR"),
        (["English!", "en"], ENGLISH, "en"),
        # What the letters rule out is passed over; what they leave open is believed.
        (["ru", "en"], ENGLISH, "en"),
        (["en", "uk"], RUSSIAN, "uk"),
        (["en"], RUSSIAN, None),
        (["sr-Latn"], ENGLISH, "sr-Latn"),
        (["sw"], ENGLISH, "sw"),
        (["en-US", "ja"], JAPANESE, "ja"),
        (["zh"], JAPANESE, "ja"),
        ([], JAPANESE, "ja"),
        ([], KOREAN, "ko"),
        ([], ENGLISH, None),
        (["ru"], "Too few", "ru"),
        ([], "", None),
    ],
)
def test_a_declared_language_is_believed_where_its_letters_are_those_of_the_text(
    declared: list[str], sample: str, language: str | None
) -> None:
    assert choose_language(declared, sample) == language
