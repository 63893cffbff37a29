"""The news agencies of the world: their usual names, and how copy writes them."""

import re

from cleaners.folding import FULL_STOPS, fold
from cleaners.remembering import remembered

# The name of an agency, and how copy writes it. Generic words say that an agency supplied it, not which.
_NAMES: dict[str, str] = {
    "Agencies": (
        "agencies|agency|news agencies|wire agencies|wire services|wires|wire|agency inputs|agencias|agencia|"
        "agências|agences|agenzie|agenturen|agenturmaterial|агентства|एजेंसी|एजेंसियां|এজেন্সি|ஏஜென்சி|"
        "وكالات|ایجنسیاں|ajanslar|post wires|news services"
    ),
    "AFP": (
        "afp|agence france-presse|agence france presse|एएफपी|এএফপি|أ ف ب|أ.ف.ب|فرانس برس|اے ایف پی|afp通信|"
        "afp=時事|法新社|афп"
    ),
    "AP": "ap|associated press|the associated press|एपी|এপি|أ ب|اے پی|ap通信|美联社|美聯社",
    "Reuters": (
        "reuters|thomson reuters|рейтер|रॉयटर्स|रायटर|রয়টার্স|ராய்ட்டர்ஸ்|رويترز|رائٹرز|روئٹرز|ロイター|"
        "路透社|路透|로이터|로이터통신"
    ),
    "UPI": "upi|united press international",
    "Bloomberg": "bloomberg|bloomberg news|ブルームバーグ|彭博社|블룸버그|блумберг",
    "dpa": "dpa|deutsche presse-agentur|дпа|د ب أ|德新社|dpa-infocom",
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
    "TASS": "tass|itar-tass|тасс|итар-тасс|塔斯社",
    "RIA Novosti": "ria novosti|ria|риа новости|риа",
    "Interfax": "interfax|интерфакс|інтерфакс",
    "Ukrinform": "ukrinform|укрінформ|укринформ",
    "Anadolu Agency": "aa|anadolu|anadolu agency|anadolu ajansı|الأناضول|анадолу",
    "DHA": "dha|demirören haber ajansı",
    "WAM": "wam|وام",
    "SPA": "spa|saudi press agency|واس",
    "IRNA": "irna|ایرنا|إرنا",
    "PTI": "pti|press trust of india|पीटीआई|भाषा|পিটিআই|پی ٹی آئی",
    "ANI": "ani|asian news international|एएनआई",
    "IANS": "ians|indo-asian news service|आईएएनएस",
    "UNI": "uni|united news of india|यूनीवार्ता|वार्ता",
    "APP": "app|associated press of pakistan|اے پی پی",
    "PPI": "ppi|pakistan press international",
    "UNB": "unb|united news of bangladesh|ইউএনবি",
    "BSS": "bss|বাসস",
    "Xinhua": "xinhua|新华社|新華社|新华网|शिन्हुआ|شينخوا|синьхуа|신화통신",
    "CNA": "cna|central news agency|中央社",
    "Kyodo": "kyodo|kyodo news|共同|共同通信|共同社|киодо",
    "Jiji Press": "jiji|jiji press|時事|時事通信|时事社",
    "Yonhap": "yonhap|yonhap news agency|연합뉴스|聯合ニュース|韩联社|韓聯社",
    "KCNA": "kcna|조선중앙통신|朝鮮中央通信|朝中社|цтак",
    "Bernama": "bernama",
    "Antara": "antara",
    "PNA": "pna|philippine news agency",
    "VNA": "vna|ttxvn",
    "PA Media": "pa|pa media|press association|the press association",
    "AAP": "aap|australian associated press",
    "The Canadian Press": "canadian press|the canadian press",
    "NAN": "nan|news agency of nigeria|the news agency of nigeria",
    "GNA": "gna|ghana news agency",
    "SAPA": "sapa",
    "Kenya News Agency": "kenya news agency",
    "Agência Brasil": "agência brasil|agencia brasil",
    "Télam": "télam|telam",
    "Notimex": "notimex",
    "ΑΠΕ-ΜΠΕ": "απε-μπε|απε|αμπε|amna|ana-mpe",
    "China News Service": "中新社|中新网",
    "Newsis": "newsis|뉴시스",
    "News1": "뉴스1",
    "BelTA": "belta|белта",
    "UNIAN": "unian|уніан|униан",
    "BTA": "bta|бта",
    "Agerpres": "agerpres",
    "Mediafax": "mediafax",
    "HINA": "hina",
    "Tanjug": "tanjug|танјуг",
    "TASR": "tasr",
    "BNS": "bns",
    "LETA": "leta",
    "ELTA": "elta",
    "İHA": "iha|ihlas haber ajansı",
    "ISNA": "isna|ایسنا",
    "MENA": "أ ش أ|وكالة أنباء الشرق الأوسط",
    "KUNA": "kuna|كونا",
    "QNA": "qna|قنا",
    "Petra": "petra|بترا",
    "SANA": "سانا",
    "APS": "aps|وأج",
    "MAP": "maghreb arabe presse|و م ع",
    "Panapress": "panapress",
    "Angop": "angop",
    "New Ziana": "new ziana|ziana",
    "Prensa Latina": "prensa latina",
    "Colprensa": "colprensa",
    "Andina": "andina",
    "Estadão Conteúdo": "estadão conteúdo|estadao conteudo",
    "Folhapress": "folhapress",
    "AAP Newswire": "aap newswire",
    "NewsDirect": "newsdirect",
    "news aktuell": "ots|news aktuell",
}
BY_WRITTEN = {fold(written): name for name, forms in _NAMES.items() for written in forms.split("|")}
AGENCY = "|".join(re.escape(form) for form in sorted(BY_WRITTEN, key=len, reverse=True))
"""A regular expression for any written form, in folded text."""


@remembered
def canonical(written: str) -> str | None:
    """The agency's usual name for one way of writing it; None if it is none that is known."""
    return BY_WRITTEN.get(fold(written.strip().strip(FULL_STOPS)))
