"""A small invented vault with everything that pages show, and one that tries to run something in the browser."""

from __future__ import annotations

import os
from pathlib import Path

NOTES = {
    "Literature/okafor2021tides.md": """---
citekey: okafor2021tides
title: Tides of Memory
authors: ["Okafor, Ngozi", "Lindqvist, Åsa", "Ito, Kenji"]
year: 2021
doi: 10.1000/tides
itemType: journalArticle
journal: Journal of Imagined Seas
status: unread
tags: [sea/tides, memory]
zotero: zotero://select/library/items/ABCD1234
---
## Abstract

Why remembered shores erode.

## Highlights

> [!highlight|#ffd400] [p. 12](zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678)
> Shores are remembered before they are seen.
> **Comment**:: compare with foam

## Notes

I doubt the third figure. See [[A Grammar of Foam|the foam book]] and [[Nowhere]].
""",
    "Literature/A Grammar of Foam.md": """---
citekey: lindqvist2019foam
title: A Grammar of Foam
authors: ["Lindqvist, Åsa"]
year: 2019
doi: 10.1000/foam
itemType: book
status: read
tags: [sea]
---
Foam is a slow language. Tides are mentioned once.
""",
    "Topics/Shores & more.md": """# Shores

> [!tip]- How to read them
> Slowly, and ==twice==.

- [ ] compare [[okafor2021tides]]
- [x] look at ![[map.png]] and ![a photograph](https://example.org/photo.jpg)

Seen from [the foam](../Literature/A%20Grammar%20of%20Foam.md), %%not from here%% from [@okafor2021tides, p. 4].
H<sub>2</sub>O, #sea/tides, https://example.org/shore.
""",
}
NOTES |= {f"Daily/2024-01-0{day}.md": "Rain, and a walk, and some grammar.\n" for day in range(1, 4)}
NOTES |= {f"Daily/2024-01-0{day}.md": "Rain.\n" for day in range(4, 8)}

PAYLOADS = (
    "<script>document.body.dataset.ran=6*7;fetch('http://evil.example/script')</script>",
    "<img src=http://evil.example/img onerror=document.body.dataset.ran=6*7>",
    '<img src=x onerror="document.body.dataset.ran=6*7">',
    "<svg onload=document.body.dataset.ran=6*7><use href='http://evil.example/use'/></svg>",
    "<svg><script>document.body.dataset.ran=6*7</script></svg>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/meta'>",
    "<iframe src=http://evil.example/frame></iframe><iframe srcdoc='<script>parent.document.body.dataset.ran=6*7</script>'></iframe>",
    "<link rel=stylesheet href=http://evil.example/css><base href=http://evil.example/base/>",
    "<style>body{background:url(http://evil.example/style)}@import 'http://evil.example/import';</style>",
    '<p style="background:url(http://evil.example/inline)">styled</p>',
    '<mark style="background:url(http://evil.example/mark)" onmouseover=alert(1)>marked</mark>',
    "<video autoplay src=http://evil.example/video><audio autoplay src=http://evil.example/audio>",
    "<form action=http://evil.example/form><input autofocus onfocus=document.body.dataset.ran=6*7></form>",
    "<object data=http://evil.example/object></object><embed src=http://evil.example/embed>",
    "![remote](http://evil.example/markdown.png)",
    "![[http://evil.example/embedded.png]]",
    "[click](javascript:document.body.dataset.ran=6*7) <javascript:alert(1)>",
    "[click](data:text/html,<script>document.body.dataset.ran=6*7</script>) ![](data:image/svg+xml,<svg/onload=alert(1)>)",
    '[click](vbscript:alert(1)) [click](file:///etc/passwd) [a"onclick=x](<x" onclick="y>)',
    '[[x"><script>document.body.dataset.ran=6*7</script>|y]]',
    '#tag"><script>document.body.dataset.ran=6*7</script>',
    '```"><script>document.body.dataset.ran=6*7</script>\ncode\n```',
    '> [!note"><script>document.body.dataset.ran=6*7</script>]- <script>document.body.dataset.ran=6*7</script>',
    "$<script>document.body.dataset.ran=6*7</script>$ ==<script>document.body.dataset.ran=6*7</script>==",
    '| <script>document.body.dataset.ran=6*7</script> |\n|:-:|\n| " onload="x |',
)
_EVIL = "<script>document.body.dataset.ran=6*7</script><img src=http://evil.example/{} onerror=document.body.dataset.ran=6*7>"
HOSTILE = {
    "Hostile/<img src=x onerror=document.body.dataset.ran=6*7>'\"&.md": f"""---
citekey: 'x"><script>document.body.dataset.ran=6*7</script>'
title: '{_EVIL.format("title")}'
authors: ['{_EVIL.format("author")}', 'Evil, "onmouseover="x']
year: 2020
doi: '10.1000/"><script>document.body.dataset.ran=6*7</script>'
url: 'javascript:document.body.dataset.ran=6*7'
itemType: '{_EVIL.format("type")}'
journal: '{_EVIL.format("journal")}'
status: '{_EVIL.format("status")}'
tags: ['a"><script>x</script>', 'javascript:alert(1)']
aliases: ['{_EVIL.format("alias")}']
abstract: '{_EVIL.format("abstract")}'
zotero: 'zotero://select/library/items/"onclick="x'
---
> [!highlight|#ffd400;background:url(http://evil.example/color)] [p. <b>1</b>](javascript:document.body.dataset.ran=6*7)
> {_EVIL.format("highlight")}
> **Comment**:: {_EVIL.format("comment")}

- [ ] {_EVIL.format("task")}

"""
    + "\n\n".join(PAYLOADS),
}


def write(folder: Path, notes: dict[str, str]) -> None:
    for path, text in notes.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1_700_000_000, 1_700_000_000))
