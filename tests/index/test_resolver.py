"""Which file a link means (FORMAT L12-L22), which work a citation (Z30), and what a change leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.index.relations import resolver
from litindex.index.relations.link_targets import File, find_target
from litindex.sync import plan
from litindex.text_keys import path_key, target_key
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature


def resolve(target: str, paths: list[str], folder: str = "") -> str | None:
    """The path that `target` means in a note of `folder`, in a vault with these files."""
    files = [File(path.lower().endswith(".md"), at, path, path_key(path)) for at, path in enumerate(paths)]

    def named(key: str) -> list[File]:
        return [
            file
            for file in files
            if key == (target_key(file.path) if file.is_note else path_key(file.path.split("/")[-1]))
        ]

    found = find_target(target, target_key(target), folder, named)
    return found.path if found else None


@pytest.mark.parametrize(
    ("target", "paths", "folder", "expected"),
    [
        ("a", ["a.md"], "", "a.md"),
        ("a.md", ["a.md"], "", "a.md"),
        ("A.MD", ["a.md"], "", "a.md"),
        ("v1.2", ["v1.2.md"], "", "v1.2.md"),
        ("a", ["a.png"], "", None),
        ("a.png", ["a.png"], "", "a.png"),
        ("a.png", ["a.png", "a.png.md"], "", "a.png.md"),
        ("a.md", ["a.md", "a.md.md"], "", "a.md"),
        ("a.md.md", ["a.md", "a.md.md"], "", "a.md.md"),
        ("a.md", ["a"], "", None),
        ("a", ["a.md", "a"], "", "a.md"),
        ("a", ["x/a"], "", "x/a"),
        ("x/a", ["deep/x/a.md"], "", "deep/x/a.md"),
        ("x/a", ["yx/a.md"], "", None),
        ("x", ["x/a.md"], "", None),
        ("a", ["deep/a.md", "b/a.md", "a.md"], "deep", "a.md"),
        ("a", ["deep/a.md", "b/a.md"], "deep", "deep/a.md"),
        ("a", ["deep/a.md", "bb/a.md"], "deep/er", "bb/a.md"),
        ("a", ["d/a.md", "b/a.md"], "", "b/a.md"),
        ("a", ["one/two/a.md", "longfolder/a.md"], "", "one/two/a.md"),
        ("x/a", ["deep/x/a.md", "de/x/a.md"], "deep/x", "de/x/a.md"),
        ("a", ["A.md", "a.md"], "", "a.md"),
        ("A", ["A.md", "a.md"], "", "A.md"),
        ("a", ["b/A.md", "c/a.md"], "", "c/a.md"),
        ("É", ["e\u0301.md"], "", "e\u0301.md"),
        ("STRASSE", ["Straße.md"], "", None),
        ("a\u00a0b", ["a b.md"], "", "a b.md"),
        ("./a", ["a.md", "x/a.md"], "x", "x/a.md"),
        ("../a", ["a.md", "x/a.md"], "x", "a.md"),
        ("./a", ["a.md"], "x", None),
        ("./a", ["y/x/a.md"], "x", None),
        ("../a.md", ["a.md"], "", None),
        ("../../a", ["a.md"], "x", None),
        ("../x/a", ["x/a.md"], "y", "x/a.md"),
        ("/a", ["a.md", "x/a.md"], "x", "a.md"),
        ("/a", ["x/a.md"], "x", None),
        ("//X", ["X.md", "y/X.md"], "y", "X.md"),
        ("..", ["x.md"], "x/y", None),
        ("https://x.y", ["x.y.md"], "", None),
    ],
)  # fmt: skip
def test_a_link_means(target: str, paths: list[str], folder: str, expected: str | None) -> None:
    assert resolve(target, paths, folder) == expected
    assert resolve(target, paths[::-1], folder) == expected


@pytest.fixture(params=[plan.BULK, 1], ids=["one by one", "in bulk"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Whatever holds of a vault holds when its notes are written one by one and when they are written in bulk."""
    monkeypatch.setattr(plan, "BULK", request.param)
    monkeypatch.setattr(resolver, "_CHUNK", 2)
    return Vault(tmp_path)


def headings(vault: Vault) -> dict[str, int | None]:
    return dict(
        vault.ask(
            "SELECT target || coalesce(subpath, ''), h.line FROM links LEFT JOIN headings h"
            " ON h.note_id = target_note_id AND h.position = target_heading"
        )
    )


def test_headings_are_found_by_text_depth_and_order(vault: Vault) -> None:
    vault.write("b.md", "# Aims\n## Sub [[x]]\n# Other\n## Sub x\n### *Deep*!\n# aims\n")
    wanted = {
        "#Aims": 1,
        "#aims": 1,
        "#Sub x": 2,
        "#Other#Sub x": 4,
        "#Other#*Deep*": 5,
        "#Sub x#Aims": None,
        "#No": None,
        "#Aims#Other": None,
    }
    vault.write("a.md", "\n".join(f"[[b{subpath}]]" for subpath in wanted))
    vault.sync()
    assert {raw[1:]: line for raw, line in headings(vault).items() if raw != "x"} == wanted


def test_a_subpath_of_marks_alone_names_no_heading(vault: Vault) -> None:
    vault.write("b.md", "# Aims\n")
    vault.write("a.md", "[[b#Aims]] [[b##]] [[b#!#?]]\n")
    assert vault.sync().links_resolved == 3
    assert vault.ask("SELECT subpath, target_note_id IS NULL, typeof(target_heading) FROM links ORDER BY position") == [
        ("#Aims", 0, "integer"),
        ("##", 0, "null"),
        ("#!#?", 0, "null"),
    ]


def test_a_subpath_that_is_not_there_is_a_problem_until_it_is(vault: Vault) -> None:
    vault.write("a.md", "[[b#Aims]]\n[[b#^x]]\n[[#Own]]\n[[b]]\n[[nowhere#Aims]]\n")
    vault.write("b.md")
    vault.sync()
    missing = "SELECT path, line, severity FROM problems WHERE code = 'link-subpath-missing' ORDER BY line"
    assert vault.ask(missing) == [("a.md", line, "warning") for line in (1, 2, 3)]
    vault.write("b.md", "# Aims\ntext ^X\n")
    report = vault.sync()
    assert vault.ask(missing) == [("a.md", 3, "warning")]
    assert report.parsed == 1
    vault.write("b.md", "text ^X\n")
    vault.sync()
    assert vault.ask(missing) == [("a.md", 1, "warning"), ("a.md", 3, "warning")]


HIGHLIGHTS = """# Annotations

**Imported: 2024-06-01**

> “First passage” Yellow Highlight [Page 3](zotero://open-pdf/library/items/PDFKEY23?page=3&annotation=ANNKEY22)

> ![[plot.png]]
"""


def test_an_image_annotation_shows_the_attachment_that_its_embed_means(vault: Vault) -> None:
    vault.write("a.md", literature("adler20", body=HIGHLIGHTS))
    vault.sync()
    shown = "SELECT attachments.path FROM annotations LEFT JOIN attachments ON attachments.id = attachment_id"
    shown += " WHERE image_link IS NOT NULL"
    assert vault.column(shown) == [None]
    vault.write("x/plot.png")
    assert vault.sync().parsed == 0
    assert vault.column(shown) == ["x/plot.png"]
    (vault.path / "x/plot.png").unlink()
    vault.sync()
    assert vault.column(shown) == [None]


def cited(vault: Vault) -> list[str | None]:
    return vault.column("SELECT notes.path FROM citations LEFT JOIN notes ON notes.id = target_note_id")


def test_a_citation_means_the_note_called_exactly_so_then_the_one_with_the_shortest_path(vault: Vault) -> None:
    """DECISIONS 22."""
    vault.write("draft.md", "as [@Adler20, p. 3] and [[@Adler20#Aims]]")
    vault.sync()
    assert cited(vault) == [None, None]
    for path, citekey, best in [
        ("Adler20 (1).md", "Adler20", "Adler20 (1).md"),
        ("y/b.md", "adler20", "y/b.md"),
        ("c.md", "ADLER20", "c.md"),
        ("z/long.md", "Adler20", "z/long.md"),
        ("z/d.md", "Adler20", "z/d.md"),
    ]:
        vault.write(path, literature(citekey))
        vault.sync()
        assert cited(vault) == [best, best]
        assert vault.ask("SELECT path, resolution FROM links JOIN notes ON id = target_note_id") == [(best, "citation")]
    vault.write("x/@Adler20.md", "# Aims")
    vault.sync()
    links = "SELECT path, resolution, target_heading FROM links JOIN notes ON id = target_note_id"
    assert vault.ask(links) == [("x/@Adler20.md", "note", 0)]
    vault.move("x/@Adler20.md", "x/other.md")
    vault.move("z/d.md", "z/much/longer.md")
    vault.sync()
    assert cited(vault) == ["z/long.md", "z/long.md"]
    assert not unlike_fresh(vault.path, vault.index)


@pytest.mark.parametrize("key", ["Ångström20", "ﬁsher20", "STRASSE20", "K20"])
def test_a_link_follows_a_citekey_that_is_folded_in_its_own_way(vault: Vault, key: str) -> None:
    vault.write("draft.md", f"[[@{key}]] [[@{key.casefold()}]]")
    vault.sync()
    vault.write("work.md", literature(key))
    vault.sync()
    assert not unlike_fresh(vault.path, vault.index)
    vault.write("work.md", "none any more")
    vault.sync()
    assert not unlike_fresh(vault.path, vault.index)


def test_an_alias_is_no_target_and_an_attachment_is_one(vault: Vault) -> None:
    vault.write("a.md", "---\naliases: [Other]\n---\n[[Other]] ![[i.png]]\n")
    vault.write("i.png")
    vault.sync()
    assert vault.column("SELECT resolution FROM links ORDER BY position") == ["unresolved", "attachment"]


def test_a_note_named_like_a_citekey_is_cited_though_it_is_no_work(vault: Vault) -> None:
    vault.write(".obsidian/app.json", '{"userIgnoreFilters": ["Templates/"]}')
    vault.write("draft.md", "as [@Adler20, p. 3]")
    vault.sync()
    vault.write("Templates/@adler20.md")
    vault.sync()
    assert cited(vault) == ["Templates/@adler20.md"]
    (vault.path / "Templates/@adler20.md").unlink()
    vault.sync()
    assert cited(vault) == [None]


def test_a_run_looks_again_at_the_links_that_it_touches_and_at_no_others(vault: Vault) -> None:
    """Links of what changed, links to names that came or went, links into what changed."""
    vault.write("a.md", "[[b]] [[b#Aims]] [[c]] [[nowhere]]\n")
    vault.write("b.md", "# Aims\n")
    for number in range(9):
        vault.write(f"other{number}.md", "[[a]]")
    assert vault.sync().links_resolved == 13
    vault.write("b.md", "text\n# Aims\n")
    assert vault.sync().links_resolved == 1
    vault.write("c.md", "[[x]] [[y]]")
    assert vault.sync().links_resolved == 3
    vault.write("i.png")
    assert vault.sync().links_resolved == 0
    (vault.path / "b.md").unlink()
    assert vault.sync().links_resolved == 2
    assert not unlike_fresh(vault.path, vault.index)


def test_a_link_to_its_own_note_and_to_an_attachment_may_have_a_part(vault: Vault) -> None:
    vault.write("i.pdf")
    vault.write("a.md", "# Aims\ntext ^end\n\n[[#Aims]] [[#^END]] [[i.pdf#Aims]] [[i.pdf#^end]] [[#^no]]\n")
    vault.write("b.md", "# Other\nmore ^other\n\n[[a#Aims]] [[a#^ end]] [[#Other]] [[#^other]]\n")
    vault.sync()
    rows = """SELECT notes.path, resolution, t.path, at.path, h.text, target_block
    FROM links JOIN notes ON notes.id = links.note_id LEFT JOIN notes t ON t.id = target_note_id
    LEFT JOIN attachments at ON at.id = target_attachment_id
    LEFT JOIN headings h ON h.note_id = t.id AND h.position = target_heading ORDER BY 1, links.position"""
    assert vault.ask(rows) == [
        ("a.md", "note", "a.md", None, "Aims", None),
        ("a.md", "note", "a.md", None, None, 0),
        ("a.md", "attachment", None, "i.pdf", None, None),
        ("a.md", "attachment", None, "i.pdf", None, None),
        ("a.md", "note", "a.md", None, None, None),
        ("b.md", "note", "a.md", None, "Aims", None),
        ("b.md", "note", "a.md", None, None, 0),
        ("b.md", "note", "b.md", None, "Other", None),
        ("b.md", "note", "b.md", None, None, 0),
    ]


def test_a_link_means_the_note_in_its_own_folder_and_a_heading_is_no_block(vault: Vault) -> None:
    vault.write("x/a.md")
    vault.write("y/a.md", "text ^end\n")
    vault.write("y/b.md", "[[a]] [[./a]] [[../x/a]] [[a#xend]] [[a#^end]]\n")
    vault.sync()
    links = "SELECT path, target_block FROM links JOIN notes ON id = target_note_id ORDER BY position"
    assert vault.ask(links) == [("y/a.md", None), ("y/a.md", None), ("x/a.md", None), ("y/a.md", None), ("y/a.md", 0)]
