"""Names of highlight colours (Z25): Zotero's eight, any other hex by hue, and colour words in several languages."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import Final

_ZOTERO: Final = {
    "#ffd400": "yellow", "#ff6666": "red", "#5fb236": "green", "#2ea8e5": "blue", "#a28ae5": "purple", "#e56eee": "magenta",
    "#f19837": "orange", "#aaaaaa": "gray",
}  # fmt: skip
_HUES: Final = (
    (15, "red"),
    (45, "orange"),
    (65, "yellow"),
    (170, "green"),
    (190, "cyan"),
    (255, "blue"),
    (280, "purple"),
    (335, "magenta"),
    (361, "red"),
)
_WORDS: Final = {
    word: name
    for name, words in {
        "yellow": "yellow gelb amarillo amarelo jaune giallo geel żółty žlutá жёлтый желтый 黄色 黄 노랑 노란색 黄色い",
        "red": "red rot rojo vermelho rouge rosso rood czerwony červená красный 红色 红 赤 赤色 빨강 빨간색",
        "green": "green grün verde vert groen zielony zelená зелёный зеленый 绿色 绿 緑 緑色 초록 초록색",
        "blue": "blue blau azul bleu blu blauw niebieski modrá синий 蓝色 蓝 青 青色 파랑 파란색",
        "purple": "purple lila violett morado roxo violet viola paars fioletowy fialová фиолетовый 紫色 紫 보라 보라색",
        "magenta": "magenta pink rosa",
        "orange": "orange naranja laranja arancione oranje pomarańczowy oranžová оранжевый 橙色 橙 주황 주황색 オレンジ",
        "gray": "gray grey grau gris cinza grigio grijs szary šedá серый 灰色 灰 회색",
        "cyan": "cyan türkis turquoise",
        "black": "black schwarz negro",
        "white": "white weiß",
    }.items()
    for word in words.split()
}
EMOJI: Final = dict(
    zip(
        "🟡🔴🟢🔵🟣🟠⚪⚫🟤🟨🟥🟩🟦🟪🟧⬜⬛🟫",
        "yellow red green blue purple orange white black brown".split() * 2,
        strict=True,
    )
)
_HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])", re.I)
_RGB = re.compile(r"(?:\brgba?\(|\bcolor=|^)\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})(?=\s*(?:[,)&]|$))", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def find_hex(text: str) -> str | None:
    """The first colour written as hex or as `rgb(1, 2, 3)`, a background before others, as `#rrggbb` in lower case."""
    text = text[max(0, text.find("background")) :]
    digits, rgb = _HEX.search(text), _RGB.search(text) if "," in text else None
    if rgb and (not digits or rgb.start() < digits.start()) and all(int(part) < 256 for part in rgb.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in rgb.groups())
    if not digits:
        return None
    found = digits[0][1:].lower()
    return "#" + ("".join(c * 2 for c in found[:3]) if len(found) < 6 else found[:6])


@lru_cache(maxsize=1024)
def find_word(text: str) -> str | None:
    """The English name of the first colour word in `text`."""
    for word in _LETTERS.findall(text.lower()):
        if word in _WORDS:
            return _WORDS[word]
    return next((EMOJI[sign] for sign in text if sign in EMOJI), None) if not text.isascii() else None


@lru_cache(maxsize=1024)
def color_name(color: str | None) -> str | None:
    """The name of a hex colour: Zotero's own, else by lightness, saturation and hue as the plugin names it."""
    if color is None:
        return None
    if color in _ZOTERO:
        return _ZOTERO[color]
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if light < 0.12:
        return "black"
    if light > 0.98:
        return "white"
    if saturation < 0.02:
        return "gray"
    return next(name for limit, name in _HUES if hue * 360 < limit)
