"""Whom a byline names, its role being known."""

import re
from collections.abc import Iterator

from cleaners.document import Agency
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import canonical
from cleaners.fields.byline_forms import (
    BY,
    DESK,
    INITIALS,
    LABELLED,
    NAMED_DESK,
    NAMES_ALONE,
    NOT_NAMES,
    PARTS,
    PHONE,
    REPORTING,
    ROLE_ALONE,
)
from cleaners.fields.dates import scan
from cleaners.fields.people import NAME, NAMES, split_names
from cleaners.findings import Value
from cleaners.remembering import remembered

_START = re.compile(rf"\W{{0,3}}(?:(?:{BY}|[Bb]y(?=[A-Z]))(?:\s|(?=[A-Z])|$))?")
# `... was authored by Jane Doe, Director`, `Con información de`, `Das Gespräch führte`. Who checked it is no author.
_INNER = re.compile(
    rf"(?:(?<!ecked\s)(?<!viewed\s)(?<!dited\s)(?<!raphs\s)(?<!hotos\s)\bby|[Cc]on\sinformación\sde|führten?|[Uu]n\stexte\sde)\s({NAMES})"
)
_REPORTED = re.compile(
    r"\b(?:reporting|writing)\sby\s(.+?)(?=[;.)]|,?\s(?:additional\s)?(?:reporting|writing|editing)\sby|$)",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"({NAME})(?:\sin\s.*)?$")
_JOINED = re.compile(r",\sand\s|,\s|\s(?:and|&)\s")
# `Jane Doe Deputy Editor`, `Jane DoeLifestyle Writer`, `Jane Doe For Example.com`
_JOB_BEHIND = re.compile(
    r"\s(?:Deputy|Senior|Junior|Chief|Staff|Associate|Assistant|Contributing|Managing|Guest|Executive|Special|Lead|Freelance|Head|[Ff]or|Follow)(?!\w)"
)
_GLUED_JOB = re.compile(
    r"(\S+\s.*?(?<!Mc)(?<!Mac)[a-zß-öø-ÿ])[A-Z][\w/]*(?:\s[\w/]+){0,2}\s(?:Writer|Reporter|Editor|Correspondent|Columnist|Journalist)"
)
_TWICE = re.compile(r"(.{5,})\s\1")
_CREDENTIAL = re.compile(r"(?:M\.?D|Ph\.?D|MS|MA|MSc|RDN?|CFP|CFA|CPA|RN|JD|MBA|MPH|DDS|DVM|Esq|LLB|LLM)\.?")
_HOUSE = re.compile(
    r"The\s|.*(?:\.(?:com|org|net|co)|\b(?:University|College|School|Institute|News|Newsroom|Times|Post|Star|Report|Press|Media|Magazine"
    r"|Network|Television|Radio|TV|Service|Company|Group|Ltd|Inc|Today|Tribune|Herald|Gazette))$",
    re.IGNORECASE,
)
_AGO = re.compile(r"\s?\d+\s?(?:minutes?|mins?|hours?|days?)(?:\sago)?$")
_SIGNED_FROM = re.compile(r"\s(?:发自|发自于)\s.*$|\s외\s\d+명")
_TITLE = re.compile(
    r"^\S{0,12}(?:记者|記者)\s?|^칼럼니스트\s|\s?(?:선임기자|기자|특파원|칼럼니스트|논설위원|통신원)$"
)
_CJK_LABEL = re.compile(r"(?:执笔|撰文|文|作者|记者|采写|编辑|取材)\s?[/／︱｜|]\s?")
_CHECKED = re.compile(r"(?:fact-?|medically\s)?(?:checked|reviewed|edited|approved)\sby\s", re.IGNORECASE)
_BEHIND = re.compile(r"\s?[,|·•]\s?")
_MOST_BEHIND = 3
_LONGEST_STATE = 3
_LONGEST = 120
_LONGEST_NAME = 40


def is_names(line: str) -> bool:
    """Whether a line is nothing but what may be people's names."""
    return NAMES_ALONE.fullmatch(line) is not None


@remembered
def is_signature(line: str) -> bool:
    """Whether a line is names, and behind them nothing but a degree, a job, a house, an address or a glued time.

    `Jane Doe, MD`, `JANE DOE, EXAMPLE`, `Jane Doe | jane@example.org`, `Jane Doe2 minutes ago`.
    """
    said = _AGO.sub("", PHONE.sub("", NOT_NAMES.sub("", line))).strip(" |,·•–—-")
    first, *behind = _BEHIND.split(said)
    said = _without_job(first)
    return is_names(said) and len(behind) <= _MOST_BEHIND and all(map(_is_said_of_name, behind))


def is_beside_name(part: str) -> bool:
    """Whether what stands behind a mark tells that the words before it are a person: a degree, a job, a house."""
    said = part.strip(" .-–—|")
    return (
        _CREDENTIAL.fullmatch(said) is not None
        or ROLE_ALONE.fullmatch(said) is not None
        or _HOUSE.match(said) is not None
    )


def _is_said_of_name(part: str) -> bool:
    """`FUTURISM` is a house; `NY` tells that the words before it are a place."""
    return is_beside_name(part) or (" " not in part and part.isupper() and len(part) > _LONGEST_STATE)


@remembered
def read_byline(line: str) -> tuple[Value, ...]:
    """Who a byline names: authors, and agencies in their place.

    Labels, jobs, addresses, dates and the houses behind names are left out; what remains between its marks are the
    names. A desk stands for its people; a bare job, `by` alone and initials name nobody.
    """
    if INITIALS.fullmatch(line):
        return ()
    found = tuple(dict.fromkeys(_named(line)))
    said = _without_by(line)
    if NAMED_DESK.fullmatch(said):
        return (("authors", said),)
    by_desk = DESK.fullmatch(line) and (said != line.strip() or not _is_job(said))
    return found if found or not by_desk or not said else (("authors", said),)


def signed_by(given: tuple[str, ...], read: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Agency, ...]]:
    """The authors of an article, and the agencies that people take the place of.

    Args:
        given: the authors that the input names.
        read: those that the text names.

    Returns:
        What the input gave; where it names only agencies and desks, the people of the text, if it names any.
    """
    people = tuple(name for name in read if not _stands_for_people(name))
    if given and (not people or not all(map(_stands_for_people, given))):
        return given, ()
    if not given:
        return read, ()
    return people, tuple(agency for name in given if canonical(name) for agency in named_in(name, name))


def _stands_for_people(name: str) -> bool:
    return canonical(name) is not None or (NAMED_DESK.fullmatch(name) or DESK.fullmatch(name)) is not None


def _is_job(line: str) -> bool:
    """Whether a line is what somebody is, not a room full of people."""
    return re.search(r"(?i)desk|bureau|news|press|agency|red[ae][kcz]|réda|staff|редакц", line) is None


def _named(line: str) -> Iterator[Value]:
    if REPORTING.fullmatch(line):
        yield from (("authors", name) for name in _reporters(line))
        return
    labelled = LABELLED.match(line)
    said = labelled[1] if labelled else _without_by(_CJK_LABEL.sub("", line))
    # `Von »Example« übersetzte`: a sentence about another publication.
    if not labelled and not {"»", "«"}.isdisjoint(said):
        return
    inner = _INNER.search(line) if not labelled and said == line.strip(" \t-–—•*([") else None
    if inner:
        yield from (("authors", name) for name in split_names(inner[1]))
        return
    for part in _parts(said):
        if len(part) <= _LONGEST and not any(map(str.isdecimal, part)) and not _CHECKED.match(part):
            yield from _people_and_agencies(_without_by(part), line)


def _reporters(line: str) -> tuple[str, ...]:
    """The people of `Reporting by Jane Doe in Paris, Tom Brill in Rome; Writing by ...`, its editors left out."""
    reported = _REPORTED.findall(line)
    if not reported:
        contributed = REPORTING.fullmatch(line)
        return split_names(contributed[2] or "") if contributed else ()
    begun = (_BEGINS.match(part.strip()) for said in reported for part in _JOINED.split(said))
    return tuple(dict.fromkeys(name[1] for name in begun if name))


def _parts(said: str) -> Iterator[str]:
    """What stands between the marks and dates of a byline; what is in brackets behind a name is its house."""
    said = _SIGNED_FROM.sub("", PHONE.sub("", NOT_NAMES.sub("", said)))
    bare = re.sub(r"\s?[(（][^()（）]*[)）]", "", said).strip()
    said = bare if re.fullmatch(NAMES, bare) else said
    if any(map(str.isdecimal, said)):
        said = "|".join(scan(_AGO.sub("", re.sub(r"(?<=[^\W\d_])(?=\d)", " ", said)), None).rest)
    for part in PARTS.split(said):
        yield part.strip(" ,.:：-–—*•")


def _people_and_agencies(part: str, line: str) -> Iterator[Value]:
    if canonical(part):
        yield from (("agencies", agency) for agency in named_in(part, line))
        return
    named = False
    for name in map(_name_of, split_names(_without_job(part))):
        if canonical(name):
            yield from (("agencies", agency) for agency in named_in(name, line))
        elif 1 < len(name) <= _LONGEST_NAME and name not in {"on", "at"} and not (named and _is_no_second_name(name)):
            named = named or re.fullmatch(NAME, name) is not None
            yield "authors", name


def _without_job(part: str) -> str:
    """A part without a job that no mark divides from the name, and without a name that a template wrote twice."""
    job = _JOB_BEHIND.search(part)
    if job and re.fullmatch(NAME, part[: job.start()]):
        return part[: job.start()]
    behind = _GLUED_JOB.fullmatch(part) or _TWICE.fullmatch(part)
    if behind:
        return behind[1]
    return "" if ROLE_ALONE.fullmatch(part) else part


def _is_no_second_name(name: str) -> bool:
    """Behind a full name: a degree, a house, a place of one word."""
    return " " not in name or _CREDENTIAL.fullmatch(name) is not None or _HOUSE.match(name) is not None


def _without_by(line: str) -> str:
    start = _START.match(line)
    return line[start.end() :].strip() if start else line.strip()


def _name_of(text: str) -> str:
    """A name without the reporter's title of Chinese and Korean copy."""
    return _TITLE.sub("", text).strip(" .,:：-–—*•").removesuffix(" on")
