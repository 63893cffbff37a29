# ruff: noqa: E501, ISC004 - a paragraph is one string
"""Lines as publishers of ten languages write them, one of each kind, beside prose that uses the same words."""

import pytest

from cleaners import Document, clean, load_phrases

LIBRARY = load_phrases()

# Two paragraphs of news in each language; between them everything else is furniture or a notice.
CASES: dict[str, tuple[str, str, dict[str, str]]] = {
    "de": (
        "Der Stadtrat hat am Montag beschlossen, die alte Brücke am Kanal zu sperren, bis das Geländer erneuert ist.",
        "Die neue App der Stadt soll melden, wann der Newsletter erscheint, sagte die Bürgermeisterin den Anwohnern.",
        {
            "ad_marker": "ANZEIGE",
            "audio_player": "Artikel anhören (3 Minuten)",
            "newsletter": "Jetzt unseren kostenlosen Newsletter abonnieren",
            "related_link": "Lesen Sie auch: Was die Brücke kostet",
            "share_bar": "Diesen Artikel teilen",
            "social_follow": "Folgen Sie uns auf Facebook und Instagram!",
            "subscription_paywall": "Dieser Text ist nur für Abonnenten zugänglich",
            "cookie_consent": "Wir verwenden Cookies, um unser Angebot zu verbessern.",
            "reading_time": "Lesezeit: 4 Min.",
            "copyright": "© 2024 Kanal-Bote GmbH. Alle Rechte vorbehalten.",
            "comment_invitation": "Kommentar verfassen",
            "correction_note": "Korrektur: Die Brücke wurde 1912 gebaut, nicht 1921.",
            "editors_note": "Anmerkung der Redaktion: Der Text wurde am Abend ergänzt.",
            "donation_ask": "Jetzt spenden",
            "tags": "Schlagworte: Brücke, Kanal",
        },
    ),
    "es": (
        "El ayuntamiento decidió el lunes cerrar el viejo puente del canal hasta que se cambie la barandilla oxidada.",
        "La nueva aplicación avisará a los vecinos cuando salga el boletín, dijo la alcaldesa en una rueda de prensa.",
        {
            "ad_marker": "PUBLICIDAD",
            "audio_player": "Escuchar este artículo",
            "newsletter": "Suscríbete a nuestra newsletter",
            "related_link": "Lee también: Cuánto cuesta el puente",
            "share_bar": "Compartir este artículo",
            "social_follow": "Síguenos en Facebook e Instagram",
            "subscription_paywall": "Contenido exclusivo para suscriptores",
            "cookie_consent": "Este sitio web utiliza cookies para mejorar su experiencia.",
            "reading_time": "Tiempo de lectura: 4 min",
            "copyright": "© 2024 El Canal. Todos los derechos reservados.",
            "comment_invitation": "Deja un comentario",
            "correction_note": "Fe de errores: el puente se construyó en 1912.",
            "editors_note": "Nota de la redacción: el texto se amplió por la tarde.",
            "donation_ask": "Haz una donación",
            "tags": "Etiquetas: puente, canal",
        },
    ),
    "fr": (
        "Le conseil a décidé lundi de fermer le vieux pont du canal jusqu'à ce que la rambarde rouillée soit changée.",
        "La nouvelle application dira aux habitants quand paraît la newsletter, a dit la maire devant la presse lundi.",
        {
            "ad_marker": "La suite après cette publicité",
            "audio_player": "Écouter cet article",
            "newsletter": "Inscrivez-vous à notre newsletter",
            "related_link": "À lire aussi : Ce que coûte le pont",
            "share_bar": "Partager cet article",
            "social_follow": "Suivez-nous sur Facebook",
            "subscription_paywall": "Article réservé aux abonnés",
            "cookie_consent": "Ce site utilise des cookies pour améliorer votre expérience.",
            "reading_time": "Temps de lecture : 4 min",
            "copyright": "© 2024 Le Canal. Tous droits réservés.",
            "comment_invitation": "Laisser un commentaire",
            "correction_note": "Rectificatif : le pont date de 1912.",
            "editors_note": "NDLR : texte complété dans la soirée.",
            "donation_ask": "Faire un don",
            "tags": "Mots-clés : pont, canal",
        },
    ),
    "it": (
        "Il consiglio ha deciso lunedì di chiudere il vecchio ponte sul canale finché non sarà cambiata la ringhiera.",
        "La nuova app dirà agli abitanti quando esce la newsletter, ha detto la sindaca ai giornalisti in conferenza.",
        {
            "ad_marker": "Contenuto sponsorizzato",
            "audio_player": "Ascolta l'articolo 3 min",
            "newsletter": "Iscriviti alla nostra newsletter",
            "related_link": "Leggi anche: Quanto costa il ponte",
            "share_bar": "Condividi questo articolo",
            "social_follow": "Seguici su Facebook e Instagram",
            "subscription_paywall": "Contenuto riservato agli abbonati",
            "cookie_consent": "Questo sito utilizza cookie per migliorare la tua esperienza.",
            "reading_time": "Tempo di lettura: 4 min",
            "copyright": "© Riproduzione riservata",
            "comment_invitation": "Lascia un commento",
            "correction_note": "Errata corrige: il ponte è del 1912.",
            "editors_note": "Nota della redazione: testo ampliato in serata.",
            "donation_ask": "Fai una donazione",
            "tags": "Tag: ponte, canale",
        },
    ),
    "pt": (
        "A câmara decidiu na segunda-feira fechar a velha ponte do canal até que a grade enferrujada seja trocada.",
        "O novo aplicativo dirá aos moradores quando sai a newsletter, disse a prefeita em entrevista aos jornalistas.",
        {
            "ad_marker": "Continua após a publicidade",
            "audio_player": "Ouvir artigo 3 min",
            "newsletter": "Inscreva-se na nossa newsletter",
            "related_link": "Leia também: Quanto custa a ponte",
            "share_bar": "Compartilhe esta notícia",
            "social_follow": "Siga-nos no Instagram",
            "subscription_paywall": "Conteúdo exclusivo para assinantes",
            "cookie_consent": "Utilizamos cookies para melhorar sua experiência.",
            "reading_time": "Tempo de leitura: 4 min",
            "copyright": "© 2024 O Canal. Todos os direitos reservados.",
            "comment_invitation": "Deixe um comentário",
            "correction_note": "Errata: a ponte é de 1912.",
            "editors_note": "Nota da redação: texto ampliado à noite.",
            "donation_ask": "Faça uma doação",
            "tags": "Tags: ponte, canal",
        },
    ),
    "hi": (
        "नगर परिषद ने सोमवार को तय किया कि नहर का पुराना पुल तब तक बंद रहेगा जब तक उसकी जंग लगी रेलिंग बदल नहीं दी जाती।",
        "महापौर ने पत्रकारों से कहा कि नया ऐप लोगों को बताएगा कि न्यूज़लेटर कब आता है और पुल कब तक खुल सकता है।",
        {
            "ad_marker": "विज्ञापन",
            "audio_player": "इस खबर को सुनें",
            "newsletter": "हमारे न्यूज़लेटर को सब्सक्राइब करें",
            "related_link": "यह भी पढ़ें: पुल की लागत कितनी है",
            "share_bar": "इस खबर को शेयर करें",
            "social_follow": "हमारे आधिकारिक व्हाट्सएप चैनल से जुड़ें",
            "subscription_paywall": "पूरी खबर पढ़ने के लिए सब्सक्राइब करें",
            "cookie_consent": "यह वेबसाइट कुकीज़ का उपयोग करती है।",
            "reading_time": "पढ़ने का समय: 4 मिनट",
            "copyright": "© 2024 नहर समाचार। सर्वाधिकार सुरक्षित",
            "comment_invitation": "एक टिप्पणी भेजें",
            "correction_note": "भूल सुधार: पुल 1912 में बना था।",
            "editors_note": "संपादक की टिप्पणी: लेख शाम को अपडेट किया गया।",
            "donation_ask": "अभी दान करें",
            "tags": "टैग्स: पुल, नहर",
        },
    ),
    "ru": (
        "Городской совет решил в понедельник закрыть старый мост через канал, пока не заменят проржавевшие перила.",
        "Новое приложение сообщит жителям, когда выходит рассылка и откроется мост, сказала мэр журналистам вечером.",
        {
            "ad_marker": "На правах рекламы",
            "audio_player": "Слушать статью",
            "newsletter": "Подпишитесь на нашу рассылку",
            "related_link": "Читайте также: Сколько стоит мост",
            "share_bar": "Поделиться новостью",
            "social_follow": "Подписывайтесь на наш Telegram-канал",
            "subscription_paywall": "Материал доступен только подписчикам",
            "cookie_consent": "Мы используем файлы cookie, чтобы улучшить сайт.",
            "reading_time": "Время чтения: 4 мин.",
            "copyright": "© 2024 «Канал». Все права защищены.",
            "comment_invitation": "Оставить комментарий",
            "correction_note": "Исправление: мост построен в 1912 году.",
            "editors_note": "От редакции: текст дополнен вечером.",
            "donation_ask": "Поддержать редакцию",
            "tags": "Теги: мост, канал",
        },
    ),
    "ar": (
        "قرر مجلس المدينة يوم الاثنين إغلاق الجسر القديم فوق القناة حتى يتم تغيير السياج الصدئ الذي سقط جزء منه في الماء.",
        "وقالت رئيسة البلدية للصحفيين إن التطبيق الجديد سيخبر السكان بموعد صدور النشرة ومتى يمكن أن يعاد فتح الجسر القديم.",
        {
            "ad_marker": "إعلان",
            "audio_player": "استمع للخبر",
            "newsletter": "اشترك في النشرة البريدية",
            "related_link": "اقرأ أيضا: كم يكلف الجسر",
            "share_bar": "شارك هذا الخبر",
            "social_follow": "تابعونا على فيسبوك",
            "subscription_paywall": "هذا المحتوى متاح للمشتركين فقط",
            "cookie_consent": "يستخدم هذا الموقع ملفات تعريف الارتباط.",
            "reading_time": "مدة القراءة: 4 دقائق",
            "copyright": "جميع الحقوق محفوظة © 2024",
            "comment_invitation": "اترك تعليقاً",
            "correction_note": "تصحيح: بني الجسر عام 1912.",
            "editors_note": "ملاحظة المحرر: تم تحديث النص مساء.",
            "donation_ask": "تبرع الآن",
            "tags": "الوسوم: جسر، قناة",
        },
    ),
    "ja": (
        "市議会は月曜日、さびた手すりが交換されるまで運河に架かる古い橋を閉鎖することを決め、住民に理解を求めた。"
        "橋は百年以上前に架けられ、いまも一日に三千人が渡るという。",
        "新しいアプリはニュースレターの発行日と橋の再開時期を住民に知らせる予定だと、市長は記者団に語った。"
        "工事には少なくとも三か月かかる見通しで、費用は国が半分を負担する。",
        {
            "ad_marker": "広告",
            "audio_player": "この記事を音声で聞く",
            "newsletter": "ニュースレターに登録",
            "related_link": "関連記事",
            "share_bar": "この記事をシェアする",
            "social_follow": "運河新聞の公式Twitterはこちら",
            "subscription_paywall": "この記事は有料会員限定です",
            "cookie_consent": "当サイトではCookieを使用しています。",
            "reading_time": "この記事は約4分で読めます。",
            "copyright": "本サイトの記事の無断転載を禁じます。",
            "comment_invitation": "コメントを書く",
            "correction_note": "【訂正】橋が架けられたのは1912年でした。",
            "editors_note": "編集部注：夕方に加筆しました。",
            "donation_ask": "寄付で支援する",
            "tags": "タグ：橋",
        },
    ),
    "ko": (
        "시의회는 월요일 녹슨 난간이 교체될 때까지 운하 위의 낡은 다리를 폐쇄하기로 하고 주민들에게 양해를 구했다고 밝혔다. "
        "다리는 백 년도 더 전에 놓였다.",
        "시장은 기자들에게 새 앱이 뉴스레터가 나오는 날과 다리가 다시 열리는 때를 주민에게 알려 줄 것이라고 저녁에 말했다. "
        "공사는 석 달이 걸린다.",
        {
            "ad_marker": "광고",
            "audio_player": "기사 듣기",
            "newsletter": "뉴스레터 무료 구독하기",
            "related_link": "관련기사",
            "share_bar": "기사 공유하기",
            "social_follow": "▶ 카카오톡 운하신문 채널 추가",
            "subscription_paywall": "이 기사는 유료 회원 전용입니다",
            "cookie_consent": "본 사이트는 쿠키를 사용합니다.",
            "reading_time": "읽는 시간 4분",
            "copyright": "저작권자 ⓒ 운하신문, 무단전재 및 재배포 금지",
            "comment_invitation": "댓글 쓰기",
            "correction_note": "[정정] 다리는 1912년에 놓였습니다.",
            "editors_note": "[편집자주] 저녁에 내용을 보탰습니다.",
            "donation_ask": "운하신문 후원하기",
            "tags": "태그: 다리",
        },
    ),
}
FLAGGED = {"correction_note", "editors_note"}


@pytest.mark.parametrize("language", CASES)
@pytest.mark.parametrize("kind", CASES["de"][2])
def test_a_line_of_each_kind_is_taken_or_flagged_and_the_news_stays(language: str, kind: str) -> None:
    first, second, lines = CASES[language]
    text = f"{first}\n{second}\n{lines[kind]}"
    cleaned = clean(Document(text=text, language=language), LIBRARY)
    if kind in FLAGGED:
        assert cleaned.text == text
        assert [(notice.kind, notice.text) for notice in cleaned.notices] == [(kind, lines[kind])]
    else:
        assert cleaned.text == f"{first}\n{second}"
        assert [removal.kind for removal in cleaned.removed] == [kind]
        assert {removal.rule.partition("/")[0] for removal in cleaned.removed} <= {language, "en"}
