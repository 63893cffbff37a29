"""Months, weekdays and the labels before a date, in the languages of the world's newsrooms.

The names are those of Unicode CLDR (nominative and genitive, long and short), and the older or looser forms that news
copy uses beside them. `int` reads the digits of every script, and so does a regular expression.
"""

import re

_MONTH_NAMES = (
    (
        "january jan januar janvier janv enero ene janeiro gennaio gen januari ocak oca stycznia styczeń "
        "января январь янв січня січень ιανουαρίου ledna leden tammikuuta जनवरी जानेवारी জানুয়ারি জানুয়ারী "
        "ஜனவரி జనవరి જાન્યુઆરી جنوری يناير ژانویه"
    ),
    (
        "february feb februar février fevrier fév févr febrero fevereiro fev febbraio februari şubat şub "
        "lutego luty февраля февраль фев лютого φεβρουαρίου února únor helmikuuta फ़रवरी फरवरी फेब्रुवारी "
        "ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி ఫిబ్రవరి ફેબ્રુઆરી فروری فبراير فوریه"
    ),
    (
        "march mar märz mär maerz mrz mars marzo março marco maart maret mart marca marzec марта март мар "
        "березня μαρτίου března březen maaliskuuta marts मार्च মার্চ மார்ச் మార్చి માર્ચ مارچ مارس"
    ),
    (
        "april apr avril avr abril abr aprile nisan nis kwietnia kwiecień апреля апрель апр квітня απριλίου "
        "dubna duben huhtikuuta अप्रैल एप्रिल এপ্রিল ஏப்ரல் ఏప్రిల్ એપ્રિલ اپریل أبريل ابريل آوریل"
    ),
    (
        "may mai mayo maio maggio mag mei maj maja mayıs мая май травня μαΐου května květen toukokuuta मई मे "
        "মে மே మే મે مئی مايو مه"
    ),
    (
        "june jun juni juin junio junho giugno giu haziran haz czerwca июня июнь июн червня ιουνίου června "
        "kesäkuuta जून জুন ஜூன் జూన్ જૂન جون يونيو ژوئن"
    ),
    (
        "july jul juli juillet juil julio julho luglio lug temmuz tem lipca июля июль июл липня ιουλίου "
        "července heinäkuuta जुलाई जुलै জুলাই ஜூலை జులై జూలై જુલાઈ جولائی يوليو ژوئیه"
    ),
    (
        "august aug août aout agosto ago augustus agustus agu augusti ağustos ağu sierpnia августа август "
        "авг серпня αυγούστου srpna elokuuta अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் ఆగస్టు ઓગસ્ટ اگست أغسطس اغسطس اوت"
    ),
    (
        "september sept sep septembre septiembre setiembre setembro set settembre eylül eyl września "
        "сентября сентябрь сен сент вересня σεπτεμβρίου září syyskuuta सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর "
        "செப்டம்பர் సెప్టెంబర్ સપ્ટેમ્બર ستمبر سبتمبر سپتامبر"
    ),
    (
        "october oct oktober okt octobre octubre outubro out ottobre ott ekim eki października октября "
        "октябрь окт жовтня οκτωβρίου října lokakuuta अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর அக்டோபர் అక్టోబర్ "
        "ઓક્ટોબર اکتوبر أكتوبر اكتوبر اکتبر"
    ),
    (
        "november nov novembre noviembre novembro kasım kas listopada ноября ноябрь ноя листопада νοεμβρίου "
        "listopadu marraskuuta नवंबर नवम्बर नोव्हेंबर নভেম্বর நவம்பர் నవంబర్ નવેમ્બર نومبر نوفمبر نوامبر"
    ),
    (
        "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember des aralık "
        "ara grudnia декабря декабрь дек грудня δεκεμβρίου prosince joulukuuta दिसंबर दिसम्बर डिसेंबर "
        "ডিসেম্বর டிசம்பர் డిసెంబర్ ડિસેમ્બર دسمبر ديسمبر دسامبر"
    ),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""The number of a month, by any of its names in small letters."""

_WEEKDAYS = (
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda-feira terça-feira "
    "quarta-feira quinta-feira sexta-feira lunedì martedì mercoledì giovedì venerdì sabato domenica maandag "
    "dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag "
    "måndag tisdag lördag söndag senin selasa rabu kamis jumat sabtu minggu ahad pazartesi salı çarşamba "
    "perşembe cuma cumartesi pazar poniedziałek wtorek środa czwartek piątek sobota niedziela понедельник "
    "вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер субота неділя "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार "
    "रविवार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி "
    "சனி ஞாயிறு پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت "
    "الأحد 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 "
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
_WEEKDAY_PHRASES = "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
# 10 March 2019(日), 2019년 3월 10일 (일)
_WEEKDAY_SIGNS = r"[(（][月火水木金土日월화수목금토일][)）]"

_PUBLISHED = (
    "published posted created issued publish veröffentlicht erstellt erschienen publié publicado publicada "
    "pubblicato gepubliceerd geplaatst publicerad publicerat offentliggjort publisert udgivet julkaistu "
    "opublikowano publikováno zveřejněno oluşturulma giriş yayınlanma yayımlanma diterbitkan dipublikasikan diterbit "
    "опубликовано опубліковано дата δημοσιεύθηκε प्रकाशित প্রকাশিত প্রকাশ வெளியிடப்பட்டது شائع نشر نُشر منتشر 发布时间 "
    "发布 发表 發佈 發表 公開 掲載 投稿日 入力 입력 기사입력 등록 게시"
)
_PUBLISHED_PHRASES = (
    r"date\sof\spublication|published\sdate|publish\sdate|date|đăng\slúc|ngày\sđăng|yayın\starihi|this\sstory\sis\sfrom|zuletzt|online\sseit|প্রকাশনার\sসময়|"
    r"تاریخِ?\sاشاعت|تاريخ\sالنشر"
)
_MODIFIED = (
    "updated update modified edited aktualisiert actualizado actualizada atualizado atualizada aggiornato "
    "bijgewerkt uppdaterad uppdaterat opdateret oppdatert päivitetty zaktualizowano aktualizováno "
    "güncellenme güncelleme diperbarui diperbaharui обновлено оновлено ενημερώθηκε अपडेटेड अपडेट आपडेट "
    "হালনাগাদ আপডেট அப்டேட் تحدیث تحديث 更新时间 更新 수정 기사수정"
)
_MODIFIED_PHRASES = r"mis\sà\sjour|last\supdate|cập\snhật"
# What may stand beside a date and says no more: o'clock, year, at.
_FILLERS = (
    "uhr kl klo kello klokken om lo года год г року р ora ore alle às las heures heure pukul jam saat lúc "
    "सुबह शाम सकाळी সকাল বিকেল صبح شام ساعة الساعة time"
)


def any_of(names: str, phrases: str = "") -> str:
    """A regular expression for any of the names; longer ones first.

    Words end where no letter follows. A word boundary would not do: many vowel signs of Indian scripts are no word
    characters.
    """
    forms = sorted({*names.split(), *filter(None, phrases.split("|"))}, key=len, reverse=True)
    return rf"(?:{'|'.join(forms)})(?!\w)"


_LETTERS = re.compile(r"[^\W\d_]+")


def words_of(line: str) -> frozenset[str]:
    """The runs of letters of a line, in small letters.

    A vowel sign of Hindi or Tamil ends a run, as it does for a regular expression. I is the capital of two letters.
    """
    small = line.replace("İ", "i").lower()
    return frozenset(_LETTERS.findall(small if small.isascii() else small.replace("ı", "i").replace("ς", "σ")))


def _heads(names: str, phrases: str = "") -> frozenset[str]:
    """The first runs of letters of names: a line in which `any_of` finds one has one of them among its `words_of`.

    To search a line for a hundred names is dear, to look its few words up is not.
    """
    begun = (_LETTERS.match(form) for form in (*names.split(), *phrases.split("|")))
    return frozenset(word for run in begun if run for word in words_of(run[0]))


MONTH = any_of(" ".join(_MONTH_NAMES))
WEEKDAY = rf"(?:(?<!\w){any_of(_WEEKDAYS, _WEEKDAY_PHRASES)}\.?|{_WEEKDAY_SIGNS})"
PUBLISHED = any_of(_PUBLISHED, _PUBLISHED_PHRASES)
MODIFIED = any_of(_MODIFIED, _MODIFIED_PHRASES)
FILLER = rf"(?<!\w){any_of(_FILLERS)}\.?"

_MONTH_HEADS = _heads(" ".join(_MONTH_NAMES))
# `10thMarch`
MONTH_HEADS = _MONTH_HEADS.union(f"{th}{head}" for th in ("st", "nd", "rd", "th", "er", "º") for head in _MONTH_HEADS)
WEEKDAY_HEADS = _heads(_WEEKDAYS, _WEEKDAY_PHRASES)
PUBLISHED_HEADS = _heads(_PUBLISHED, _PUBLISHED_PHRASES)
MODIFIED_HEADS = _heads(_MODIFIED, _MODIFIED_PHRASES)
FILLER_HEADS = _heads(_FILLERS)

_ENGLISH = (
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "published posted created issued publish updated update modified edited time"
)
_ELSEWHERE = {*_WEEKDAYS.split(), *_PUBLISHED.split(), *_MODIFIED.split(), *_FILLERS.split()} - {*_ENGLISH.split()}
ABROAD = any_of(" ".join(word for word in _ELSEWHERE if len(word) > 1))
"""A weekday, a label or a filler of another language than English: the line's day comes before its month."""

_MINUTES_TO_YEARS = (
    "minutes? mins? hours? hrs? days? weeks? months? minuten? stunden? tage?n? wochen? heures? jours? "
    "semaines? minutos? horas? días? dias? semanas? minuti ore giorni uren dagen timmar timer dage "
    "минут[уы]? часа? часов дня дней menit jam hari dakika saat gün मिनट घंटे घंटा दिन মিনিট ঘণ্টা দিন منٹ "
    "گھنٹے دن دقائق ساعات أيام phút giờ ngày 分钟 小时 天 分 時間 日 분 시간 일"
)
_UNIT = any_of(_MINUTES_TO_YEARS)
_AGO_BEFORE = r"vor|il\sy\sa|hace|há|قبل|منذ"
_AGO_BEHIND = r"ago|geleden|fa|sedan|siden|назад|(?:yang\s)?lalu|önce|trước|전|पहले|আগে|پہلے|قبل"
AGO = (
    rf"(?<!\w)(?:(?:{_AGO_BEFORE})\s\d{{1,3}}\s{_UNIT}|\d{{1,3}}\s?{_UNIT}\s(?:{_AGO_BEHIND})(?!\w)"
    r"|\d{1,3}\s?(?:分钟|小时|天|分|時間|日|분|시간|일)\s?(?:前|전))"
)
"""How long ago, in any of the languages: it tells no date, but it is a timestamp."""
AGO_HEADS = _heads("lalu", f"{_AGO_BEFORE}|{_AGO_BEHIND}")

_TODAY = "today yesterday heute gestern hoy ayer hoje ontem oggi ieri vandaag gisteren idag сегодня вчера"
TODAY = rf"(?<!\w){any_of(_TODAY)}"
"""Today or yesterday: a timestamp too, with a time of day beside it."""
TODAY_HEADS = _heads(_TODAY)
