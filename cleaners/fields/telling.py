"""Which lines beside a story tell anything by their words: asked once of each, not by each step in turn."""

from cleaners.fields.agencies import may_credit
from cleaners.fields.bylines import may_sign
from cleaners.fields.ownership import may_own
from cleaners.fields.tags import is_tags
from cleaners.remembering import remembered


@remembered
def is_telling(line: str) -> bool:
    """Whether a line may be a byline, a credit of agencies, a line of copyright or source, or one of tags.

    Most lines of a menu, and other stories' headlines, can be none of these wherever they stand.
    """
    return may_sign(line) or may_credit(line) or may_own(line) or is_tags(line)
