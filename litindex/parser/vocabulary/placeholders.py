"""What stands where a value should be, in the languages met."""

from __future__ import annotations

from typing import Final

NO_VALUE: Final = frozenset(
    (
        *("", "{}", "()", "-", "--", "–", "—", "?", "…", "...", ".", "/", "#"),
        *("n/a", "n.a.", "na", "none", "null", "nil", "nan", "undefined", "unknown", "not found", "not available"),
        *(
            "not specified",
            "not given",
            "no author",
            "no title",
            "untitled",
            "unbekannt",
            "keine angabe",
        ),
        *("k. a.", "k.a.", "nicht definiert", "nicht angegeben", "inconnu", "inconnue", "non défini", "non renseigné"),
        *("desconocido", "desconocida", "no definido", "no disponible", "desconhecido", "não definido", "sconosciuto"),
        *(
            "non definito",
            "non disponibile",
            "onbekend",
            "niet gevonden",
            "nieznany",
            "nieokreślony",
            "brak",
            "neznámý",
        ),
        *(
            "nedefinováno",
            "neznámé",
            "nenalezeno",
            "neuvedeno",
            "okänd",
            "ukjent",
            "ukendt",
            "tuntematon",
            "ismeretlen",
        ),
        *(
            "неизвестно",
            "не указано",
            "не определено",
            "невідомо",
            "bilinmiyor",
            "belirsiz",
            "無",
            "无",
            "未知",
            "暂无",
        ),
        *("不明", "未定", "なし", "미상", "없음", "알 수 없음", "غير معروف", "không rõ", "άγνωστο"),
    )
)
"""Whole values, in lower case, that say that there is none."""

FAILURES: Final = frozenset("undefined null nan none unknown nedefinováno".split())
"""What a template prints for each part of a name that it does not find: `undefined, undefined`."""

BOOLEANS: Final = frozenset("true false yes no oui non ja nein sí si não sim tak nie ano ne да нет 是 否".split())
"""What says whether, and nothing else."""
