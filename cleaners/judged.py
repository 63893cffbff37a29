"""Findings from what the line model judges."""

from collections.abc import Iterable

from cleaners.document import Kind
from cleaners.findings import Finding, Step, Value
from cleaners.model.features import Article
from cleaners.model.line_model import Judgement, LineModel
from cleaners.naming import Naming
from cleaners.title_choice import choose_title


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
    title = _known_title(article, found)
    if title is None and not titled:
        title = choose_title(article, sure)
    naming = Naming(article, frozenset(sure), title, country)
    for judgement in likely:
        kind, values = naming.name(judgement.index)
        yield _finding(article, kind, values, judgement, model)


def _known_title(article: Article, found: Iterable[Finding]) -> int | None:
    """The headline that a rule found: the first line of it."""
    headline = Kind.REPEATED_HEADLINE
    starts = {finding.start for finding in found if finding.kind is headline}
    return next((p.index for p in article.paragraphs if p.start in starts), None) if starts else None


def _finding(
    article: Article, kind: Kind, values: tuple[Value, ...], judgement: Judgement, model: LineModel
) -> Finding:
    paragraph = article.paragraphs[judgement.index]
    return Finding(
        start=paragraph.start,
        end=paragraph.end,
        kind=kind,
        action="moved" if values else "removed",
        step=Step.MODEL,
        rule=f"model:{model.version}",
        reason=judgement.reason,
        values=values,
        whole=True,
        score=judgement.score,
    )
