"""The news agencies of the world: their usual names, and how copy writes them."""

import re

from cleaners.folding import FULL_STOPS, fold

# The name of an agency, and how copy writes it. Generic words say that an agency supplied it, not which.
_NAMES: dict[str, str] = {
    "Agencies": "agencies|agency|news agencies|wire agencies|wire services|wires|wire|agency inputs",
    "AFP": "afp|agence france-presse|agence france presse",
    "AP": "ap|associated press|the associated press",
    "Reuters": "reuters|thomson reuters",
    "UPI": "upi|united press international",
    "Bloomberg": "bloomberg|bloomberg news",
    "dpa": "dpa|deutsche presse-agentur",
    "APA": "apa|austria presse agentur",
    "Keystone-SDA": "keystone-sda|sda|ats",
    "SID": "sid|sport-informations-dienst",
    "KNA": "kna",
    "epd": "epd",
    "EFE": "efe|agencia efe",
    "Europa Press": "europa press",
    "ANSA": "ansa",
    "Adnkronos": "adnkronos",
    "Lusa": "lusa",
    "ANP": "anp",
    "Belga": "belga",
    "NTB": "ntb",
    "Ritzau": "ritzau",
    "TT": "tt",
    "STT": "stt",
    "PAP": "pap",
    "ČTK": "čtk|ctk",
    "MTI": "mti",
    "TASS": "tass|itar-tass",
    "RIA Novosti": "ria novosti|ria",
    "Interfax": "interfax",
    "Ukrinform": "ukrinform",
    "Anadolu Agency": "aa|anadolu|anadolu agency|anadolu ajansı",
    "DHA": "dha",
    "WAM": "wam",
    "SPA": "spa|saudi press agency",
    "IRNA": "irna",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians|indo-asian news service",
    "UNI": "uni|united news of india",
    "APP": "app|associated press of pakistan",
    "PPI": "ppi|pakistan press international",
    "UNB": "unb|united news of bangladesh",
    "BSS": "bss",
    "Xinhua": "xinhua",
    "CNA": "cna|central news agency",
    "Kyodo": "kyodo|kyodo news",
    "Jiji Press": "jiji|jiji press",
    "Yonhap": "yonhap",
    "KCNA": "kcna",
    "Bernama": "bernama",
    "Antara": "antara",
    "PNA": "pna|philippine news agency",
    "VNA": "vna",
    "PA Media": "pa|pa media|press association|the press association",
    "AAP": "aap|australian associated press",
    "The Canadian Press": "canadian press|the canadian press",
    "NAN": "nan|news agency of nigeria",
    "GNA": "gna|ghana news agency",
    "SAPA": "sapa",
    "Kenya News Agency": "kenya news agency",
    "Agência Brasil": "agência brasil|agencia brasil",
    "Télam": "télam|telam",
    "Notimex": "notimex",
    "ΑΠΕ-ΜΠΕ": "απε-μπε",
    "NewsDirect": "newsdirect",
}
BY_WRITTEN = {fold(written): name for name, forms in _NAMES.items() for written in forms.split("|")}
AGENCY = "|".join(re.escape(form) for form in sorted(BY_WRITTEN, key=len, reverse=True))
"""A regular expression for any written form, in folded text."""


def canonical(written: str) -> str | None:
    """The agency's usual name for one way of writing it; None if it is none that is known."""
    return BY_WRITTEN.get(fold(written.strip().strip(FULL_STOPS)))
