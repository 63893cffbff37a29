"""The whole order of cleaning, on one screen."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from cleaners import judged
from cleaners.completing import complete
from cleaners.document import Cleaned, Document, Flag, Kind, LineHint
from cleaners.fields import captions, steps
from cleaners.findings import Finding, taken
from cleaners.hinting import hints_by_index
from cleaners.layout import Paragraph, read_paragraphs
from cleaners.model.features import Article
from cleaners.model.line_model import LineModel
from cleaners.phrases.attribution import Attribution, attribute, languages_of, propose
from cleaners.phrases.library import Hit, Library
from cleaners.phrases.owners import Owners
from cleaners.removals import cuts, remove, within_budget
from cleaners.sparse import doubt

# More at once gain little, and all that is known of them is in memory until the last is done.
_TOGETHER = 32


def clean(document: Document, library: Library, model: LineModel | None = None) -> Cleaned:
    """Clean copy of a document.

    Pure and deterministic: the same document, library and model give the same result, in any order, on any machine.
    Takes time in proportion to the text. Never raises, whatever the text.

    Args:
        document: the text, one block a line, and what is known besides.
        library: the phrases to apply, from `load_phrases`.
        model: judges the lines that no rule knows, from `load_model`; None: rules alone.

    Returns:
        The text, what was removed from it (`cleaners.restore` undoes it), the fields read, notices and flags.
    """
    return clean_all((document,), library, model)[0]


def clean_all(documents: Sequence[Document], library: Library, model: LineModel | None = None) -> list[Cleaned]:
    """Clean copies of several documents, in their order, each the same as `clean` gives.

    Twenty articles of 3,000 characters take two thirds of the time that they take one by one.
    """
    return [
        cleaned
        for start in range(0, len(documents), _TOGETHER)
        for cleaned in _clean_together(documents[start : start + _TOGETHER], library, model)
    ]


def _clean_together(documents: Sequence[Document], library: Library, model: LineModel | None) -> list[Cleaned]:
    """Each step takes all documents before the next step begins.

    So its code stays in the processor's cache, and the model is asked once for all lines.
    """
    parted = [whole_paragraphs(document.text) for document in documents]
    found = find(documents, parted, library)
    by_model = judge(documents, parted, found, model) if model else [()] * len(documents)
    return list(map(_decide, documents, parted, found, by_model))


def _decide(
    document: Document, paragraphs: Sequence[Paragraph], found: "Found", by_model: Sequence[Finding]
) -> Cleaned:
    """What of the findings is done, and what comes of it."""
    titled, seen = document.title is not None, document.hints is not None
    findings = doubt([*found.findings, *by_model], paragraphs, titled=titled, seen=seen)
    settled, over_budget = within_budget(findings, document.text)
    read = [finding for finding in findings if finding.action == "read"]
    kept, removed = remove(document.text, settled, read)
    kinds = {removal.kind for removal in removed}
    flags = {
        *document.flags,
        *([Flag.OVER_BUDGET] if over_budget else []),
        *([Flag.EMPTY] if not kept.strip() else []),
        *([Flag.TRUNCATED] if Kind.SUBSCRIPTION_PAYWALL in kinds else []),
    }
    return complete(
        document,
        text=kept,
        removed=removed,
        attribution=found.attribution,
        accepted=sorted((*settled, *read), key=lambda finding: finding.start),
        country=found.country,
        flags=tuple(sorted(flags)),
    )


class Found(msgspec.Struct, frozen=True):
    """What the rules say of a text, none of it applied yet.

    Attributes:
        attribution: whose text it is.
        country: that publisher's.
        findings: what phrases and fields propose.
        hinted: what the page says of each paragraph, by index.
    """

    attribution: Attribution
    country: str | None
    findings: tuple[Finding, ...]
    hinted: Mapping[int, LineHint]


def find(documents: Sequence[Document], parted: Sequence[Sequence[Paragraph]], library: Library) -> list[Found]:
    """The findings of phrases and fields, of each document: all that is known before the model is asked.

    Args:
        documents: the documents.
        parted: the paragraphs of each.
        library: the phrases to apply.
    """
    hits = [library.find(paragraphs) for paragraphs in parted]
    phrased = [_phrase_findings(document, found, library) for document, found in zip(documents, hits, strict=True)]
    hinted = [
        hints_by_index(document.text, document.hints, paragraphs) if document.hints else {}
        for document, paragraphs in zip(documents, parted, strict=True)
    ]
    shown = list(map(captions.read_hinted, parted, hinted))
    articles = [
        steps.view(document, _without(paragraphs, pictured), phrases, country)
        for document, paragraphs, pictured, (_, country, phrases) in zip(
            documents, parted, shown, phrased, strict=True
        )
    ]
    return [
        Found(attribution, country, (*phrases, *pictured, *fields), hints)
        for (attribution, country, phrases), pictured, fields, hints in zip(
            phrased, shown, steps.propose(articles), hinted, strict=True
        )
    ]


def judge(
    documents: Sequence[Document],
    parted: Sequence[Sequence[Paragraph]],
    found: Sequence[Found],
    model: LineModel,
    least: float | None = None,
) -> list[Sequence[Finding]]:
    """What the model says of each document's lines that no rule takes, down to the score `least`.

    See `judged.propose`. Where no rule found any furniture the text is taken to be clean, whatever its lists and
    headings look like: of 1,219 lines that the model found in labelled articles, 35 stood in such texts. Lines of a
    page have been judged with it in view, by the page model.
    """
    known = [taken(said.findings, paragraphs) for said, paragraphs in zip(found, parted, strict=True)]
    said: list[Sequence[Finding]] = [()] * len(documents)
    articles: dict[int, Article] = {}
    for number, (document, lines, rules) in enumerate(zip(documents, known, found, strict=True)):
        if hints := document.hints:
            said[number] = judged.propose_hinted(
                document,
                hints,
                parted[number],
                hinted=rules.hinted,
                taken=lines,
                found=rules.findings,
                country=rules.country,
                least=least,
            )
        elif lines:
            articles[number] = Article(parted[number], lines, languages_of(document))
    judgements = model.judge([*articles.values()], least)
    for (number, article), of_lines in zip(articles.items(), judgements, strict=True):
        rules, titled = found[number], documents[number].title is not None
        proposed = judged.propose(article, of_lines, model, rules.findings, rules.country, titled=titled, least=least)
        said[number] = list(proposed)
    return said


def _without(paragraphs: Sequence[Paragraph], findings: Sequence[Finding]) -> Sequence[Paragraph]:
    """The paragraphs that the field steps see: a name and a date under a picture are no byline and no dateline."""
    starts = {finding.start for finding in findings}
    if not starts:
        return paragraphs
    rest = (paragraph for paragraph in paragraphs if paragraph.start not in starts)
    return [paragraph.numbered(index) for index, paragraph in enumerate(rest)]


def _phrase_findings(
    document: Document, hits: Sequence[Hit], library: Library
) -> tuple[Attribution, str | None, list[Finding]]:
    """Whose text it is, that publisher's country, and what the phrases say that work on it."""
    attribution, working = attribute(document, hits, library)
    owners = Owners(document, attribution.publisher, library)
    return attribution, library.country(attribution.publisher), propose(working, languages_of(document), owners)


def whole_paragraphs(text: str) -> Sequence[Paragraph]:
    """The paragraphs without a barred character among their words: no rule matches across a cut.

    Some barred characters are white space and some are not, so a run may begin before the first word and end in it.
    """
    paragraphs, barred = read_paragraphs(text), cuts(text)
    if not barred:
        return paragraphs
    starts, ends = zip(*barred, strict=True)
    whole = [p for p in paragraphs if bisect_right(ends, p.first) == bisect_left(starts, p.last)]
    return [p.numbered(index) for index, p in enumerate(whole)]
