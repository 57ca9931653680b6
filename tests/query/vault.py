"""A small invented vault that gives every question an answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

NOTES = {
    "litindex.toml": '[colors]\nyellow = "claim"\n"#ff6666" = "doubt"\n',
    "Literature/okafor2021tides.md": """---
citekey: okafor2021tides
title: Tides of Memory
authors: ["Okafor, Ngozi", "Lindqvist, Åsa"]
year: 2021
doi: 10.1000/tides
itemType: journalArticle
journal: Journal of Imagined Seas
status: unread
tags: [sea/tides, memory]
aliases: [The tide paper]
---
## Abstract

Why remembered shores erode.

## Highlights

> [!highlight|#ffd400] [p. 12](zotero://open-pdf/library/items/PDFK2345?page=3&annotation=EFGH5678)
> Shores are remembered before they are seen.
> **Comment**:: compare with foam

> [!highlight|#ff6666] [p. 13](zotero://open-pdf/library/items/PDFK2345?page=4&annotation=EFGH5679)
> Every tide forgets.
""",
    "Literature/okafor2020tides.md": """---
citekey: okafor2020tides
title: Tides of Memory
authors: ["Okafor, Ngozi", "Lindqvist, Åsa"]
year: 2020
doi: 10.48550/arXiv.2001.00001
itemType: preprint
status: read
---
""",
    "Literature/lindqvist2019foam.md": """---
citekey: lindqvist2019foam
title: A Grammar of Foam
authors: ["Lindqvist, Åsa"]
year: 2019
doi: 10.1000/foam
itemType: book
status: read
tags: [sea]
---
## Notes

Foam is a slow language, I think. Naïve readers hear waves.
""",
    "Archive/lindqvist2019foam copy.md": """---
citekey: lindqvist2019grammar
title: A Grammar of Foam
authors: ["Lindqvist, Åsa"]
year: 2019
doi: 10.1000/foam
itemType: book
---
""",
    "Literature/okafor1999salt.md": """---
cite-key: okafor1999salt
title: Salt
authors: ["Okafor, N.", "Ribeiro, Clara", "Lindqvist, Åsa"]
year: 1999
itemType: book
status: reading
---
## Notes

Mentions [[okafor2021tides]] long before it was written.
""",
    "Literature/wang2022chaoxi.md": """---
citekey: wang2022chaoxi
title: 潮汐与记忆
authors: ["王小明"]
year: 2022
itemType: book
status: unread
tags: [海]
---
## Notes

本文使用BERT模型研究潮汐。
""",
    "Topics/Sea.md": """# The sea

See [[okafor2021tides|the tides]] and [@okafor2021tides, p. 4], but also [@nobody1900].
Not yet: [[Unwritten note]], [[Unwritten Note|again]].

- [ ] Read [[lindqvist2019foam]] 📅 2024-05-01
- [ ] Swim
- [x] Done
""",
    "Daily/2024-05-01.md": "Thought about [[Sea]] and [[Unwritten note]].\n",
    "Lonely.md": "Nobody links here, [x](https://example.org).\n",
    "Broken.md": "---\ntitle: One: two\nyear: 2001\n---\nText.\n",
}

CHANGED = {path: 1_700_000_000 + 60 * at for at, path in enumerate(NOTES)}
"""When each file was last changed, in seconds: a minute after the one before."""


def write_notes(vault: Path, notes: Mapping[str, str] = NOTES) -> None:
    """Writes the notes, by their paths, into a folder that is there."""
    for path, text in notes.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
