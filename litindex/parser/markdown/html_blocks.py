"""Where a block of HTML begins and ends (CommonMark 0.31, section 4.6)."""

from __future__ import annotations

import re
from typing import Final

_BLOCK_TAGS: Final = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem "
    "nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
)
_SIGNED: Final = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
)
_NAMED: Final = (
    (
        re.compile(r"<(?:pre|script|style|textarea)(?:[\s>]|$)", re.I),
        re.compile(r"</(?:pre|script|style|textarea)>", re.I),
    ),
    (re.compile(rf"</?(?:{_BLOCK_TAGS.replace(' ', '|')})(?:[\s>]|/>|$)", re.I), None),
)
_ANY_TAG = re.compile(
    r"""(?:<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"""
)


def html_start(text: str, in_para: bool) -> tuple[bool, re.Pattern[str] | None]:
    """Whether a line begins a block of HTML, and what ends it (None: a blank line). A lone tag interrupts no paragraph."""
    for start, until in _SIGNED if text[1:2] in ("!", "?") else _NAMED:
        if start.match(text):
            return True, until
    return not in_para and _ANY_TAG.match(text) is not None, None
