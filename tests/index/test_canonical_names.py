"""Tags, authors, collections, field keys: shown as most notes spell them (DECISIONS 21), gone when unused (B1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from litindex.sync import plan
from tests.dump import unlike_fresh
from tests.sync.vault import Vault, literature

COLLECTIONS = """
SELECT use.name FROM note_collections AS use JOIN notes ON notes.id = use.note_id
WHERE path = ?
ORDER BY position
"""


@pytest.fixture(params=[plan.BULK, 1], ids=["one by one", "in bulk"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Whatever holds of a vault holds when its notes are written one by one and when they are written in bulk."""
    monkeypatch.setattr(plan, "BULK", request.param)
    return Vault(tmp_path)


def tags(vault: Vault) -> dict[str, str]:
    return dict(vault.ask("SELECT tag_key, name FROM tags WHERE kind = 'obsidian'"))


def test_a_tag_is_spelled_as_most_notes_do_wherever_they_are(vault: Vault) -> None:
    vault.write("m.md", "#Middle")
    vault.sync()
    vault.write("z.md", "#MIDDLE")
    vault.sync()
    assert tags(vault) == {"middle": "Middle"}  # of equally many the least, small letters first
    vault.write("a.md", "#MIDDLE #middle")
    vault.sync()
    assert tags(vault) == {"middle": "MIDDLE"}
    vault.move("a.md", "zz.md")
    vault.sync()
    assert tags(vault) == {"middle": "MIDDLE"}
    (vault.path / "zz.md").unlink()
    (vault.path / "z.md").unlink()
    vault.sync()
    assert tags(vault) == {"middle": "Middle"}
    assert not unlike_fresh(vault.path, vault.index)


def test_ancestors_are_there_while_a_tag_below_them_is_used(vault: Vault) -> None:
    vault.write("a.md", "#Area/Sub/Leaf")
    vault.write("b.md", "#area #AREA/sub")
    vault.write("c.md", "#Area/Sub")
    vault.sync()
    assert tags(vault) == {"area": "Area", "area/sub": "Area/Sub", "area/sub/leaf": "Area/Sub/Leaf"}
    assert vault.ask(
        "SELECT c.name, c.depth, c.leaf, p.name FROM tags c LEFT JOIN tags p ON p.id = c.parent_id ORDER BY 2"
    ) == [
        ("Area", 1, "Area", None),
        ("Area/Sub", 2, "Sub", "Area"),
        ("Area/Sub/Leaf", 3, "Leaf", "Area/Sub"),
    ]
    (vault.path / "a.md").unlink()
    (vault.path / "c.md").unlink()
    vault.sync()
    assert tags(vault) == {"area": "area", "area/sub": "AREA/sub"}
    vault.write("b.md", "#areas #area-x")
    vault.sync()
    assert tags(vault) == {"areas": "areas", "area-x": "area-x"}


def test_a_tag_of_thousands_of_levels_has_few_ancestors(vault: Vault) -> None:
    deep = "/".join(["a"] * 3000)
    vault.write("a.md", f"#{deep} #{'/'.join(['a'] * 100)}")
    vault.sync()
    depths = vault.ask("SELECT t.depth, p.depth FROM tags t LEFT JOIN tags p ON p.id = t.parent_id ORDER BY 1")
    assert depths == [(1, None), *((depth, depth - 1) for depth in range(2, 65)), (100, 64), (3000, 64)]
    assert vault.column("SELECT name FROM tags WHERE depth = 3000") == [deep]
    assert vault.column("SELECT count(*) FROM note_tags_expanded WHERE tag = 'a'") == [2]
    (vault.path / "a.md").unlink()
    vault.write("b.md", "nothing")
    vault.sync()
    assert tags(vault) == {}


def test_a_tag_below_all_levels_is_spelled_by_its_own_notes_alone(vault: Vault) -> None:
    """As in a build from nothing: what is deeper still hangs elsewhere."""
    vault.write("b.md", "#" + "/".join(["X"] * 70))
    vault.write("a.md", "nothing")
    vault.sync()
    vault.write("a.md", "#" + "/".join(["x"] * 80))
    vault.sync()
    assert not unlike_fresh(vault.path, vault.index)


def test_an_edit_beside_a_tag_of_very_many_levels(vault: Vault) -> None:
    """Looking at each of its beginnings took seconds for 100,000 levels."""
    vault.write("a.md", "#" + "a/" * 100_000 + "b")
    vault.write("b.md", "#A")
    vault.sync()
    vault.write("b.md", "#A and more")
    vault.sync()
    assert tags(vault)["a"] == "a"


def test_an_author_is_spelled_and_taken_apart_as_in_most_notes(vault: Vault) -> None:
    vault.write("a.md", literature("a", author="Van Der Berg, Jo"))
    vault.write("b.md", literature("b", author="Van Der Berg, Jo"))
    vault.write("c.md", literature("c", author="van der Berg, Jo"))
    vault.sync()
    parts = "SELECT name, family, particle FROM authors"
    (upper,) = vault.ask(parts)
    assert upper[0] == "Van Der Berg, Jo"
    (vault.path / "a.md").unlink()
    (vault.path / "b.md").unlink()
    vault.sync()
    (lower,) = vault.ask(parts)
    assert lower[0] == "van der Berg, Jo"
    assert lower[1:] != upper[1:]
    (vault.path / "c.md").write_text("nothing")
    vault.sync()
    assert vault.ask(parts) == []


def test_what_a_note_writes_itself_stays_beside_the_common_spelling(vault: Vault) -> None:
    vault.write("a.md", literature("a", author="ADLER, Mira", tag="READ"))
    vault.write("b.md", literature("b", author="Adler, Mira", tag="read"))
    vault.sync()
    assert vault.column("SELECT name FROM authors") == ["Adler, Mira"]
    assert vault.column("SELECT name FROM note_authors ORDER BY note_id") == ["ADLER, Mira", "Adler, Mira"]
    assert vault.column("SELECT name FROM note_tags ORDER BY note_id") == ["READ", "read"]
    assert vault.column("SELECT creators FROM works ORDER BY note_id") == ['["ADLER, Mira"]', '["Adler, Mira"]']


def test_collections_stand_as_the_note_lists_them(vault: Vault) -> None:
    vault.write("a.md", "---\ncitekey: a20\ncollections: [Marsh, Bells, Archive]\n---\n")
    vault.write("b.md", "---\ncitekey: b21\ncollections: [Archive, Marsh]\n---\n")
    vault.sync()
    names = {path: vault.column(COLLECTIONS, path) for path in ("a.md", "b.md")}
    assert names == {"a.md": ["Marsh", "Bells", "Archive"], "b.md": ["Archive", "Marsh"]}


def test_field_keys_go_with_their_last_field(vault: Vault) -> None:
    vault.write("a.md", "rating:: 4\nmood:: fine\n")
    vault.sync()
    assert set(vault.column("SELECT key FROM field_keys")) == {"rating", "mood"}
    vault.write("a.md", "rating:: 5\n")
    vault.sync()
    assert vault.column("SELECT key FROM field_keys") == ["rating"]


def test_of_spellings_used_alike_small_letters_come_first_and_typographic_apostrophes(vault: Vault) -> None:
    for number, name in enumerate(["O'BRIEN, Una", "O'Brien, Una", "O\u2019Brien, Una", "O\u2019brien, Una"]):
        vault.write(f"{number}.md", literature(f"a{number}", author=name, tag="sky"))
        vault.sync()
        assert vault.ask("SELECT name, spellings FROM authors") == [(name, number + 1)]
        assert not unlike_fresh(vault.path, vault.index)


def test_each_shared_row_of_many_has_its_own_spelling_and_goes_alone(vault: Vault) -> None:
    text = "---\ncitekey: {0}\nauthor: ['{1}, Mira', '{2}, Jo']\ncollections: [{1}, {2}]\n---\n#{1}/x #{2}/y #{2}\nkey{0}:: 1\n"
    names = "SELECT name, spellings FROM {} ORDER BY name"
    people, collections, tags_ = names.format("authors"), names.format("collections"), names.format("tags")
    vault.write("a.md", text.format("a", "FEN", "Pond"))
    vault.write("b.md", text.format("b", "Fen", "POND"))
    vault.sync()
    assert vault.ask(people) == [("Fen, Mira", 2), ("Pond, Jo", 2)]
    assert vault.ask(collections) == [("Fen", 2), ("Pond", 2)]
    assert vault.ask(tags_) == [("Fen", 2), ("Fen/x", 2), ("Pond", 2), ("Pond/y", 2)]
    vault.write("a.md", text.format("a", "FEN", "Moor"))
    vault.write("b.md", text.format("c", "FEN", "POND"))
    vault.sync()
    assert vault.ask(people) == [("FEN, Mira", 1), ("Moor, Jo", 1), ("POND, Jo", 1)]
    assert vault.ask(collections) == [("FEN", 1), ("Moor", 1), ("POND", 1)]
    assert vault.ask(tags_) == [("FEN", 1), ("FEN/x", 1), ("Moor", 1), ("Moor/y", 1), ("POND", 1), ("POND/y", 1)]
    assert vault.column("SELECT key FROM field_keys WHERE key LIKE 'key%' ORDER BY key") == ["keya", "keyc"]
    assert not unlike_fresh(vault.path, vault.index)


def test_a_tag_of_zotero_is_one_whatever_slashes_it_holds(vault: Vault) -> None:
    for path, tag in [("a.md", "Bells/Loud"), ("b.md", "bells/loud"), ("c.md", "Bells/Loud")]:
        vault.write(path, f"---\ncitekey: {path[0]}20\nzotero_tags: [{tag}]\n---\n")
        vault.sync()
    rows = "SELECT name, leaf, depth, spellings FROM tags WHERE kind = 'zotero'"
    assert vault.ask(rows) == [("Bells/Loud", "Bells/Loud", 1, 2)]
    (vault.path / "a.md").unlink()
    vault.write("c.md", "nothing")
    vault.sync()
    assert vault.ask(rows) == [("bells/loud", "bells/loud", 1, 1)]


def test_a_leaf_is_spelled_as_its_tag(vault: Vault) -> None:
    for path, tag in [("a.md", "Area/Sub/LEAF"), ("b.md", "Area/Sub/leaf"), ("c.md", "Area/Sub/leaf")]:
        vault.write(path, f"#{tag}")
        vault.sync()
    assert vault.ask("SELECT name, leaf FROM tags WHERE depth = 3") == [("Area/Sub/leaf", "leaf")]
