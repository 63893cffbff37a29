"""The page model's features, as its reasons call them."""

from cleaners.model.words import WORDS

_WORDS = {
    "drawn": "what the extractor took",
    "since_drawn": "how far what the extractor took is above it",
    "until_drawn": "how far what the extractor took is below it",
    "drawn_before": "how much of the story is above it",
    "drawn_just_before": "what the extractor took just above it",
    "drawn_just_after": "what the extractor took just below it",
    "up": "how far it is outside the main column",
    "down": "how deep it is inside the main column",
    "linked": "its share of links",
    "bold": "its bold type",
    "tag": "its kind of element",
    "depth": "how deeply it is nested",
    "place": "its place in the page",
    "place_by_length": "its place in the page",
    "is_title": "it is the page's title",
    "title_share": "words of the page's title",
    "spoken": "words of the story",
    "repeated": "how often the page says it",
    "from_headline": "how far it is from the headline",
    "alike": "how many like it stand beside it",
    "alike_drawn": "what the extractor took of those like it beside it",
    "alike_anywhere": "how many like it are on the page",
    "alike_anywhere_drawn": "what the extractor took of those like it",
    "alike_anywhere_prose": "prose among those like it",
    "cues": "words that furniture uses",
}
_FAMILIES = {
    "in_": "an element around it: {}",
    "class_": "an element's name: {}",
    "length_": "the length of what is around it",
    "drawn_": "what the extractor took around it",
    "linked_": "links around it",
    "prose_": "prose around it",
    "blocks_": "how many lines are around it",
    "page_": "the page as a whole",
}


def in_page_words(name: str) -> str:
    """What a reason calls a feature."""
    if name in _WORDS:
        return _WORDS[name]
    for start, words in _FAMILIES.items():
        if name.startswith(start):
            return words.format(name.removeprefix(start))
    if name.endswith(("_before", "_after")):
        return "the lines beside it"
    return WORDS.get(name, name.replace("_", " "))
