from __future__ import annotations

import pytest

from melian.errors import BadReport
from melian.intake.language_check import check_english
from melian.knowledge.languages import language_names

OTHERS = {
    "French": "Le ministre des affaires étrangères a déclaré mardi que les pourparlers reprendraient à Genève.",
    "German": "Der Außenminister erklärte am Dienstag, dass die Gespräche in Genf fortgesetzt würden.",
    "Spanish": "El ministro de Exteriores dijo el martes que las conversaciones seguirán la próxima semana.",
    "Turkish": "Dışişleri bakanı salı günü yaptığı açıklamada görüşmelerin gelecek hafta süreceğini söyledi.",
    "Dutch": "De minister van Buitenlandse Zaken zei dinsdag dat de gesprekken volgende week verder gaan.",
    "Indonesian": "Menteri luar negeri mengatakan pada hari Selasa bahwa perundingan akan dilanjutkan di Jenewa.",
    "Swahili": "Waziri wa mambo ya nje alisema Jumanne kwamba mazungumzo yataendelea wiki ijayo.",
    "Russian": "Министр иностранных дел заявил во вторник, что переговоры продолжатся.",
    "Arabic": "قال وزير الخارجية يوم الثلاثاء إن المحادثات ستستمر الأسبوع المقبل.",
    "Chinese": "外交部长星期二表示，会谈将于下周在日内瓦继续举行。",
    "Greek": "Ο υπουργός είπε ότι οι συνομιλίες θα συνεχιστούν.",
    "Japanese": "外相は火曜日、来週ジュネーブで協議が続くと述べた。",
}


@pytest.mark.parametrize(("name", "text"), OTHERS.items())
def test_other_languages_are_named(name: str, text: str) -> None:
    with pytest.raises(BadReport, match=f"This report is in {name}") as caught:
        check_english(text)
    assert caught.value.reason == "language"


@pytest.mark.parametrize(
    "text",
    [
        "Minister resigns",
        "Merci",
        "Xi Jinping meets Nguyen Phu Trong in Hanoi; China, Vietnam sign agreements on railways",
        "Houthis fire missile toward Jeddah, Riyadh says",
        "The minister, Wladimir Iwanowitsch Petrow, met Jean-Baptiste Élie de Beaumont in Aix-en-Provence.",
        "He wrote “Мир” on the wall and left the room.",
        "12 345 67 – 89",
    ],
)
def test_english_and_short_texts_pass(text: str) -> None:
    check_english(text)


def test_every_language_that_can_be_found_has_a_name() -> None:
    from melian.intake.language_check import _identifier

    assert set(_identifier().labels) - {"zxx"} <= set(language_names())
