"""What is a note, which files a vault holds, and their bytes (FORMAT F1-F8, FAULTS 3.2)."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litindex.errors import VaultError
from litindex.models import SourceFile
from litindex.vault import crawler, read_file
from litindex.vault import root as vault_root
from tests.dump import unlike_fresh
from tests.sync.vault import Vault

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX file systems")


def found(vault: Vault, **options: bool) -> crawler.Crawl:
    return crawler.crawl(vault_root.find_root(vault.path), **options)


def paths(vault: Vault, **options: bool) -> set[str]:
    return {file.path for file in found(vault, **options).files}


def codes(vault: Vault, **options: bool) -> set[tuple[str, str]]:
    return {(path, problem.code) for path, problem in found(vault, **options).problems}


def the_file(vault: Vault, path: str) -> SourceFile:
    return next(file for file in found(vault).files if file.path == path)


def read(vault: Vault, path: str) -> bytes:
    return read_file.read(vault_root.find_root(vault.path), the_file(vault, path))[1]


# ------------------------------------------------------------------------------------------------ names


def test_notes_end_in_md_in_any_case_and_all_else_is_an_attachment(vault: Vault) -> None:
    for name in "a.md", "UPPER.MD", "c.Md", "d.markdown", "e.md.txt", "f.pdf", "md", "g.excalidraw.md":
        vault.write(f"sub/{name}")
    assert {file.path[4:] for file in found(vault).files if file.is_note} == {
        "a.md",
        "UPPER.MD",
        "c.Md",
        "g.excalidraw.md",
    }
    assert len(found(vault).files) == 8


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/app.json",
        ".trash/gone.md",
        ".git/HEAD.md",
        ".stversions/old.md",
        ".md",
        ".dotfile.md",
        "sub/.hidden/c.md",
        ".a.md.icloud",
        ".syncthing.a.md.tmp",
        "~syncthing~a.md.tmp",
        ".goutputstream-ABC",
        "~$letter.docx",
        ".#a.md",
        "a.md~",
        "4913",
    ],
)
def test_hidden_names_and_litter_of_other_programs_are_no_files_of_the_vault(vault: Vault, path: str) -> None:
    vault.write(path)
    assert paths(vault) == set()


@pytest.mark.parametrize(
    "name", ["~ideas.md", "4913.md", "49.md", "a~b.md", "a.sync-conflict-20260101-000000-ABCDEFG.md"]
)
def test_names_that_only_look_like_litter_are_notes(vault: Vault, name: str) -> None:
    vault.write(name)
    assert paths(vault) == {name}


@posix_only
def test_a_decomposed_name_is_shown_composed_and_opened_as_it_is(vault: Vault) -> None:
    vault.write("Cafe\u0301/e\u0301.md", "text")
    assert paths(vault) == {"Caf\u00e9/\u00e9.md"}
    assert read(vault, "Caf\u00e9/\u00e9.md") == b"text"


@posix_only
def test_two_spellings_of_one_name_are_two_files(vault: Vault) -> None:
    vault.write("\u00e9.md", "composed")
    vault.write("e\u0301.md", "decomposed")
    assert {path: read(vault, path) for path in paths(vault)} == {"\u00e9.md": b"composed", "e\u0301.md": b"decomposed"}


@pytest.mark.skipif(sys.platform != "linux", reason="names must be UTF-8 here")
def test_a_name_that_is_no_utf8_is_shown_escaped_and_opened_by_its_bytes(vault: Vault) -> None:
    place = os.fsencode(vault.path)
    os.mkdir(place + b"/d\xff")
    for name in b"caf\xe9.md", b"d\xff/x.md":
        with open(place + b"/" + name, "wb") as file:
            file.write(name)
    assert {path: read(vault, path) for path in paths(vault)} == {
        "caf\\xe9.md": b"caf\xe9.md",
        "d\\xff/x.md": b"d\xff/x.md",
    }
    assert read_file.path_bytes(the_file(vault, "caf\\xe9.md")) == b"caf\xe9.md"


@pytest.mark.skipif(sys.platform != "linux", reason="names must be UTF-8 here")
def test_a_name_that_looks_like_an_escaped_one_does_not_hide_it(vault: Vault) -> None:
    vault.write("caf\\xe9.md", "plain")
    with open(os.fsencode(vault.path) + b"/caf\xe9.md", "wb") as file:
        file.write(b"bytes")
    assert {path: read(vault, path) for path in paths(vault)} == {"caf\\xe9.md": b"plain", "caf\\xe9~2.md": b"bytes"}


@posix_only
@pytest.mark.parametrize(
    "name", ["new\nline.md", "x'); DROP TABLE notes;--.md", "\u202egnp.md", "\x1b[31m.md", 'q".md']
)
def test_odd_names_are_names(vault: Vault, name: str) -> None:
    vault.write(name)
    assert paths(vault) == {name}


# ------------------------------------------------------------------------------------------------ places


@posix_only
def test_pipes_sockets_and_folders_named_like_notes_are_not_opened(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(vault.path / "pipe.md")
    monkeypatch.chdir(vault.path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
    vault.write("folder.md/inside.md")
    assert paths(vault) == {"folder.md/inside.md"}
    assert codes(vault) == set()


@posix_only
def test_symbolic_links_are_named_and_not_followed(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("secret")
    for name, target in {
        "folder": tmp_path / "outside",
        "file.md": tmp_path / "outside" / "secret.md",
        "dangling.md": tmp_path / "nowhere",
        "self.md": vault.path / "self.md",
        "loop": vault.path,
    }.items():
        (vault.path / name).symlink_to(target)
    assert paths(vault) == set()
    assert codes(vault) == {
        (name, "symlink-skipped") for name in ("folder", "file.md", "dangling.md", "self.md", "loop")
    }


@posix_only
def test_only_folders_outside_the_vault_are_followed_where_wanted(vault: Vault, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "a.md").write_text("outside")
    vault.write("real/b.md")
    (vault.path / "link").symlink_to(outside)
    (vault.path / "link2").symlink_to(outside / "deep")
    (vault.path / "up").symlink_to(tmp_path)
    (vault.path / "back").symlink_to(vault.path / "real")
    (outside / "loop").symlink_to(outside)
    assert paths(vault, follow_links=True) == {"real/b.md", "link/deep/a.md"}
    assert codes(vault, follow_links=True) == {
        (name, "symlink-skipped") for name in ("link2", "up", "back", "link/loop")
    }
    root = vault_root.find_root(vault.path)
    file = next(file for file in crawler.crawl(root, follow_links=True).files if file.path == "link/deep/a.md")
    assert read_file.read(root, file)[1] == b"outside"


def test_folders_below_the_limit_are_named_and_not_read(vault: Vault) -> None:
    vault.write("/".join(["d"] * crawler.MAX_DEPTH) + "/last.md")
    vault.write("/".join(["d"] * (crawler.MAX_DEPTH + 1)) + "/lost.md")
    crawl = found(vault)
    deep = "/".join(["d"] * (crawler.MAX_DEPTH + 1))
    assert [file.path for file in crawl.files] == ["/".join(["d"] * crawler.MAX_DEPTH) + "/last.md"]
    assert crawl.unreadable == [deep + "/"]
    assert codes(vault) == {(deep, "folder-too-deep")}


def refusing(name: str, place: Path, error: OSError) -> Callable[..., Any]:
    """The system call `name`, failing for one path."""
    real = getattr(os, name)

    def call(path: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(path, int) and os.fsdecode(path).rstrip("/") == str(place):
            raise error
        return real(path, *arguments, **options)

    return call


@posix_only
def test_a_folder_that_cannot_be_listed_is_named_and_the_others_are_read(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("shut/a.md")
    vault.write("open/b.md")
    monkeypatch.setattr(os, "open", refusing("open", vault.path / "shut", PermissionError(13, "Permission denied")))
    crawl = found(vault)
    assert [file.path for file in crawl.files] == ["open/b.md"]
    assert crawl.unreadable == ["shut/"]
    assert codes(vault) == {("shut", "folder-unreadable")}


@posix_only
def test_a_vault_that_cannot_be_listed_is_an_error(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", refusing("open", vault.path, PermissionError(13, "Permission denied")))
    with pytest.raises(VaultError, match="Permission denied"):
        found(vault)


def test_a_missing_vault_and_a_file_are_no_vaults(vault: Vault) -> None:
    file = vault.write("a.md")
    for place in vault.path / "nowhere", file:
        with pytest.raises(VaultError, match=str(place)):
            vault_root.find_root(place)


@posix_only
def test_a_vault_is_one_place_however_it_is_spelled(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alias").symlink_to(vault.path)
    monkeypatch.chdir(tmp_path)
    roots = {
        vault_root.find_root(place) for place in (vault.path, "vault/", "./vault/../vault", "alias", f"{vault.path}/")
    }
    assert len(roots) == 1


def test_an_index_inside_the_vault_is_no_attachment(tmp_path: Path) -> None:
    vault = Vault(tmp_path, {"a.md": "", "other.db": b"SQLite format 3\0 of somebody else", "index.db-wal.md": ""})
    vault.index = vault.path / "index.db"
    vault.sync()
    vault.write("index.db-wal")
    vault.write("index.db.corrupt-20260101T000000")
    assert paths(vault) == {"a.md", "other.db", "index.db-wal.md"}


def test_an_index_that_is_being_made_is_no_attachment_nor_is_what_lies_beside_it(tmp_path: Path) -> None:
    vault = Vault(tmp_path, {"a.md": "", "other.db.new": b"of somebody else", "other.db.status": ""})
    vault.index = vault.path / "index.db"
    seen = []

    def look(done: int, total: int) -> None:
        for ending in ".lock", ".status", ".new-journal":
            vault.write(f"index.db{ending}")
        seen.append({path for path in paths(vault) if path.startswith("index")})

    vault.sync(progress=look)
    assert seen == [set()]
    assert vault.column("SELECT path FROM attachments ORDER BY path") == ["other.db.new", "other.db.status"]
    assert not unlike_fresh(vault.path, vault.index)


# ------------------------------------------------------------------------------------------------ excluded files


@pytest.mark.parametrize(
    ("filters", "excluded"),
    [
        (["Templates/"], {"Templates/a.md"}),
        (["Temp"], {"Templates/a.md", "Templates.md"}),
        (["/^temp.*MD$/"], {"Templates/a.md", "Templates.md"}),
        (["/(/", "x/"], {"x/b.md"}),
        (["", "//"], set()),
        ([1, None, "x/"], {"x/b.md"}),
        ("x/", set()),
        (["/(a+)+$/"], set()),
        (["/.*.*.*.*x/"], set()),
    ],
)
def test_filters_exclude_by_prefix_or_expression(vault: Vault, filters: object, excluded: set[str]) -> None:
    vault.write(".obsidian/app.json", json.dumps({"userIgnoreFilters": filters}))
    for path in "Templates/a.md", "Templates.md", "x/b.md", "x/c.png":
        vault.write(path)
    assert {file.path for file in found(vault).files if file.excluded} == excluded


@pytest.mark.parametrize("text", [b"", b"[", b"[]", b"[" * 100_000, b"\xff", b'{"userIgnoreFilters": {}}'])
def test_settings_of_obsidian_that_cannot_be_read_exclude_nothing(vault: Vault, text: bytes) -> None:
    vault.write(".obsidian/app.json", text)
    vault.write("a.md")
    assert [file.excluded for file in found(vault).files] == [False]


# ------------------------------------------------------------------------------------------------ reading


def test_a_file_is_read_whole_with_the_signature_it_had(vault: Vault) -> None:
    place = vault.write("a.md", b"x" * 3_000_000)
    file, data = read_file.read(vault_root.find_root(vault.path), the_file(vault, "a.md"))
    info = place.stat()
    assert data == b"x" * 3_000_000
    assert file[3:7] == (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


@posix_only
def test_a_file_that_became_a_link_is_not_read(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    place = vault.write("a.md", "text")
    file = the_file(vault, "a.md")
    place.unlink()
    place.symlink_to(tmp_path / "secret")
    with pytest.raises(read_file.Unreadable):
        read_file.read(vault_root.find_root(vault.path), file)


@posix_only
def test_a_file_in_a_folder_that_became_a_link_is_not_read(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("secret")
    vault.write("folder/a.md", "text")
    file = the_file(vault, "folder/a.md")
    (vault.path / "folder").rename(tmp_path / "moved")
    (vault.path / "folder").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(read_file.Unreadable, match="symbolic link"):
        read_file.read(vault_root.find_root(vault.path), file)


@posix_only
def test_a_file_saved_by_replacing_it_is_read(vault: Vault) -> None:
    vault.write("a.md", "old")
    file = the_file(vault, "a.md")
    vault.write("new", "new").replace(vault.path / "a.md")
    assert read_file.read(vault_root.find_root(vault.path), file)[1] == b"new"


@posix_only
def test_a_file_that_became_a_pipe_does_not_hang_the_reader(vault: Vault) -> None:
    place = vault.write("a.md", "text")
    file = the_file(vault, "a.md")
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(read_file.Unreadable, match="no regular file"):
        read_file.read(vault_root.find_root(vault.path), file)


def test_a_file_that_is_gone_is_unreadable(vault: Vault) -> None:
    place = vault.write("a.md")
    file = the_file(vault, "a.md")
    place.unlink()
    with pytest.raises(read_file.Unreadable, match="No such file"):
        read_file.read(vault_root.find_root(vault.path), file)


def test_a_file_that_changes_while_it_is_read_is_read_again(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    place = vault.write("a.md", "half")
    real, writes = os.read, ["half and"]

    def read_while_writing(descriptor: int, size: int) -> bytes:
        data = real(descriptor, size)
        if writes:
            place.write_text(writes.pop())
        return data

    monkeypatch.setattr(os, "read", read_while_writing)
    file, data = read_file.read(vault_root.find_root(vault.path), the_file(vault, "a.md"))
    assert data == b"half and"
    assert file.mtime_ns == place.stat().st_mtime_ns


def test_a_file_that_never_rests_is_taken_as_it_was_read_last(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    place = vault.write("a.md", "0")
    real, reads = os.read, []

    def read_while_writing(descriptor: int, size: int) -> bytes:
        data = real(descriptor, size)
        reads.append(data)
        place.write_text(f"{len(reads):0{len(reads) + 1}}")
        return data

    monkeypatch.setattr(os, "read", read_while_writing)
    file, data = read_file.read(vault_root.find_root(vault.path), the_file(vault, "a.md"))
    assert data == reads[-1]
    assert file.mtime_ns != place.stat().st_mtime_ns


def test_no_more_is_read_than_the_limit(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_file, "MAX_NOTE_BYTES", 1000)
    vault.write("a.md", b"x" * 5000)
    assert len(read(vault, "a.md")) == 1001


def test_nothing_in_the_vault_is_touched(vault: Vault) -> None:
    def listing() -> dict[str, object]:
        places = [vault.path, *sorted(vault.path.rglob("*"))]
        return {
            str(place): (stat.S_IFMT((info := place.lstat()).st_mode), info.st_size, info.st_mtime_ns)
            for place in places
        }

    for path in "a.md", "sub/b.md", "sub/c.pdf", ".obsidian/app.json":
        vault.write(path, path)
    before = listing()
    vault.sync()
    vault.sync(full=True)
    assert listing() == before
