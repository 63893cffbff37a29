r"""Pure functions that turn a publisher's text into clean copy.

    >>> from cleaners import Document, clean, load_phrases
    >>> library = load_phrases()
    >>> cleaned = clean(Document(text="Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."), library)
    >>> cleaned.text
    'Rain fell on Friday.\nIt stopped on Sunday.'
    >>> [(removal.start, removal.end, removal.rule) for removal in cleaned.removed]
    [(21, 35, 'en/advertisement')]

`clean(document, library, load_model())` asks the trained line model too about the lines that no rule knows.
`clean_all` takes several documents at once, which is faster.
`cleaners.restore(cleaned.text, cleaned.removed)` gives the original back, code point for code point.
"""

from cleaners.cleaning import clean, clean_all
from cleaners.document import Document
from cleaners.model.line_model import load_model
from cleaners.phrases.library import load_phrases
from cleaners.removals import restore

__all__ = ["Document", "clean", "clean_all", "load_model", "load_phrases", "restore"]
