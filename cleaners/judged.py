"""Findings from what the models judge: the line model lines of text, the page model the lines of a page."""

from collections.abc import Iterable, Mapping, Sequence

from cleaners.document import Document, Hints, Kind, LineHint
from cleaners.findings import Finding, Step, Value
from cleaners.layout import Paragraph
from cleaners.model.features import Article
from cleaners.model.line_model import Judgement, LineModel
from cleaners.naming import Naming
from cleaners.phrases.attribution import languages_of
from cleaners.title_choice import choose_title

_MOSTLY = 0.5


def propose(
    article: Article,
    judgements: Iterable[Judgement],
    model: LineModel,
    found: Iterable[Finding],
    country: str | None,
    *,
    titled: bool,
    least: float | None = None,
) -> Iterable[Finding]:
    """The lines that the model is sure of, moved where they say something for a field, else removed.

    Args:
        article: the paragraphs as the model sees them.
        judgements: what the model thinks of those that it was asked about.
        model: what judged them.
        found: what the rules found; a headline among it leaves no room for another.
        country: ISO 3166 code of the publisher's country.
        titled: whether the input gave a title.
        least: the score from which on a line is proposed; the model's threshold if not said. What is proposed of the
            lines from the threshold on does not depend on it.
    """
    least = model.threshold if least is None else least
    likely = [judgement for judgement in judgements if judgement.score >= least]
    sure = [judgement.index for judgement in likely if judgement.score >= model.threshold]
    title = _title(article, found, sure, titled=titled)
    naming = Naming(article, frozenset(sure), title, country)
    for judgement in likely:
        yield _finding(article, judgement, *naming.name(judgement.index), version=model.version)


def propose_hinted(
    document: Document,
    hints: Hints,
    paragraphs: Sequence[Paragraph],
    *,
    hinted: Mapping[int, LineHint],
    taken: Mapping[int, object],
    found: Iterable[Finding],
    country: str | None,
    least: float | None = None,
) -> list[Finding]:
    """The lines that the page model is sure of, as `propose` has those of the line model; prose may be among them.

    Args:
        document: the text.
        hints: what its page says of it, in whose view its lines were judged.
        paragraphs: of the text.
        hinted: the same by paragraph.
        taken: those that the rules take, by index.
        found: what the rules found; a headline among it leaves no room for another.
        country: ISO 3166 code of the publisher's country.
        least: the score from which on a line is proposed; the model's threshold if not said.
    """
    least = hints.threshold if least is None else least
    likely = [index for index, hint in hinted.items() if hint.score >= least and index not in taken]
    if not likely:
        return []
    article = Article(paragraphs, taken, languages_of(document))
    # Prose has no cue words, so nothing to be named by.
    named = [index for index in likely if not article.shapes[index].is_prose]
    sure = [index for index in named if hinted[index].score >= hints.threshold]
    naming = None
    if named:
        title = _title(article, found, sure, titled=document.title is not None)
        naming = Naming(article, frozenset(sure), title, country)
    proposed = []
    for index in likely:
        hint = hinted[index]
        prose_kind = Kind.RELATED_LINK if hint.linked >= _MOSTLY else Kind.UI_JUNK
        kind, values = (prose_kind, ()) if naming is None or index not in named else naming.name(index)
        judgement = Judgement(index, hint.score, hint.reason)
        proposed.append(_finding(article, judgement, kind, values, version=hints.model))
    return proposed


def _title(article: Article, found: Iterable[Finding], sure: Sequence[int], *, titled: bool) -> int | None:
    """The headline: the one that a rule found, else, where the input gave none, one of the lines found."""
    known = _known_title(article, found)
    return choose_title(article, sure) if known is None and not titled else known


def _known_title(article: Article, found: Iterable[Finding]) -> int | None:
    """The headline that a rule found: the first line of it."""
    headline = Kind.REPEATED_HEADLINE
    starts = {finding.start for finding in found if finding.kind is headline}
    return next((p.index for p in article.paragraphs if p.start in starts), None) if starts else None


def _finding(
    article: Article, judgement: Judgement, kind: Kind, values: tuple[Value, ...], *, version: str
) -> Finding:
    paragraph = article.paragraphs[judgement.index]
    return Finding(
        start=paragraph.start,
        end=paragraph.end,
        kind=kind,
        action="moved" if values else "removed",
        step=Step.MODEL,
        rule=f"model:{version}",
        reason=judgement.reason,
        values=values,
        whole=True,
        score=judgement.score,
    )
