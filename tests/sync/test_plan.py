"""Files found x files known -> what to do. Pure: no files here."""

from __future__ import annotations

import random

import pytest

from litindex.models import Known, SourceFile
from litindex.sync.plan import BULK, Plan, is_bulk, make_plan, pair_moves

SIGNATURE = (10, 1000, 1001, 7)


def on_disk(path: str, *, signature: tuple[int, int, int, int] = SIGNATURE, excluded: bool = False) -> SourceFile:
    return SourceFile(path, path, path.endswith(".md"), *signature, excluded)


def known(path: str, number: int = 1, *, excluded: int = 0, unread: int = 0) -> Known:
    return Known(number, path, *SIGNATURE, excluded, unread)


def plan_of(found: list[SourceFile], *kept: Known, **options: object) -> Plan:
    notes = {each.path: each for each in kept if each.path.endswith(".md")}
    attachments = {each.path: each for each in kept if not each.path.endswith(".md")}
    return make_plan(found, notes, attachments, **options)  # type: ignore[arg-type]


def test_an_equal_signature_is_unchanged() -> None:
    plan = plan_of([on_disk("a.md"), on_disk("b.png")], known("a.md"), known("b.png"))
    assert not plan
    assert (plan.notes.unchanged, plan.attachments.unchanged) == (1, 1)


@pytest.mark.parametrize(
    "signature",
    [
        (11, 1000, 1001, 7),
        (10, 1002, 1001, 7),
        (10, 999, 1001, 7),
        (10, 1000, 1002, 7),
        (10, 1000, 1000, 7),
        (10, 1000, 1001, 8),
    ],
    ids=["size", "newer", "older", "ctime newer", "ctime older", "inode"],
)
def test_any_other_signature_is_a_change(signature: tuple[int, int, int, int]) -> None:
    plan = plan_of(
        [on_disk("a.md", signature=signature), on_disk("b.png", signature=signature)], known("a.md"), known("b.png")
    )
    assert [file.path for file, _ in plan.notes.changed] == ["a.md"]
    assert [file.path for file, _ in plan.attachments.changed] == ["b.png"]


@pytest.mark.parametrize("name", ["a.md", "a.png"])
def test_each_kind_of_work_alone_makes_a_plan(name: str) -> None:
    assert plan_of([on_disk(name)])
    assert plan_of([on_disk(name, signature=(11, 1000, 1001, 7))], known(name))
    assert plan_of([], known(name))


def test_every_file_that_stays_as_it_was_is_counted() -> None:
    names = ["a.md", "b.md", "c.png", "d.png", "e.png"]
    plan = plan_of([on_disk(name) for name in names], *(known(name) for name in names))
    assert (plan.notes.unchanged, plan.attachments.unchanged) == (2, 3)


def test_a_file_is_known_by_its_path_in_the_vault_however_the_disk_spells_it() -> None:
    assert not plan_of([on_disk("\u00e9.md")._replace(disk_path="e\u0301.md")], known("\u00e9.md"))


def test_what_is_not_known_is_new_and_what_is_not_found_is_gone() -> None:
    plan = plan_of([on_disk("new.md"), on_disk("new.png")], known("old.md"), known("old.png"))
    assert [file.path for file in plan.notes.new] == ["new.md"]
    assert [file.path for file in plan.attachments.new] == ["new.png"]
    assert [old.path for old in plan.notes.gone] == ["old.md"]
    assert [old.path for old in plan.attachments.gone] == ["old.png"]


def test_nothing_is_gone_below_a_folder_that_could_not_be_listed() -> None:
    kept = [known("shut/a.md"), known("shut/deep/b.md"), known("shutter/c.md"), known("shut/d.png")]
    plan = plan_of([], *kept, unreadable=["shut/"])
    assert [old.path for old in plan.notes.gone] == ["shutter/c.md"]
    assert plan.attachments.gone == []
    assert plan.notes.unchanged == 2


@pytest.mark.parametrize(
    ("file", "old", "options"),
    [
        (on_disk("a.md", excluded=True), known("a.md"), {}),
        (on_disk("a.md"), known("a.md", excluded=1), {}),
        (on_disk("a.md"), known("a.md", unread=1), {}),
        (on_disk("a.md"), known("a.md", 5), {"again": {5}}),
        (on_disk("a.md"), known("a.md"), {"full": True}),
    ],
    ids=["excluded now", "not excluded any more", "never read", "to be looked at again", "full"],
)
def test_a_note_is_looked_at_for_other_reasons_than_its_signature(
    file: SourceFile, old: Known, options: dict[str, object]
) -> None:
    assert plan_of([file], old, **options).notes.changed == [(file, old)]


def test_a_full_run_leaves_attachments_that_did_not_change() -> None:
    assert not plan_of([on_disk("a.png")], known("a.png"), full=True)


def test_the_order_of_the_listing_does_not_matter() -> None:
    files = [on_disk(path) for path in ("B.md", "a.md", "a/b.md", "é.md", "z.md", "Z/x.md")]
    shuffled = random.Random(1).sample(files, len(files))
    assert plan_of(shuffled).notes.new == plan_of(files).notes.new == sorted(files)


def test_what_is_gone_is_listed_by_path_whatever_its_id() -> None:
    paths = ["B.md", "a.md", "a/b.md", "z.md", "é.md"]
    kept = [known(path, 9 - number) for number, path in enumerate(paths)]
    plans = plan_of([], *kept), plan_of([], *reversed(kept))
    assert [[old.path for old in plan.notes.gone] for plan in plans] == [paths, paths]


@pytest.mark.parametrize(
    ("new", "gone", "pairs"),
    [
        ([("b.md", 1)], [("a.md", 1)], {"b.md": "a.md"}),
        ([("b.md", 1)], [("a.md", 2)], {}),
        ([("x/b.md", 1), ("x/a.md", 1)], [("a.md", 1), ("b.md", 1)], {"x/b.md": "b.md", "x/a.md": "a.md"}),
        ([("n.md", 1), ("x/a.md", 1)], [("a.md", 1)], {"x/a.md": "a.md"}),
        ([("x/y/b.md", 1)], [("a.md", 1), ("v/w/b.md", 1)], {"x/y/b.md": "v/w/b.md"}),
        ([("n.md", 1), ("m.md", 1)], [("a.md", 1)], {"n.md": "a.md"}),
        ([("m.md", 1)], [("a.md", 1), ("b.md", 1)], {"m.md": "a.md"}),
    ],
    ids=[
        "same mark",
        "other mark",
        "same name first",
        "the one with the name",
        "from deep to deep",
        "one of two",
        "two of one",
    ],
)
def test_moves_are_told_by_their_mark_and_then_by_their_name(
    new: list[tuple[str, object]], gone: list[tuple[str, object]], pairs: dict[str, str]
) -> None:
    assert pair_moves(new, gone) == pairs


@pytest.mark.parametrize(
    ("new", "changed", "rest", "bulk"),
    [
        (BULK - 1, 0, 0, False),
        (BULK, 0, 0, True),
        (0, BULK - 1, 0, False),
        (0, BULK, 0, True),
        (BULK - 1, 1, 0, True),
        (1, BULK - 1, 0, True),
        (BULK - 100, 99, 0, False),
        (BULK, 0, 2 * BULK - 1, True),
        (BULK, 0, 2 * BULK, False),
        (0, BULK, 2 * BULK - 1, True),
        (0, BULK, 2 * BULK, False),
        (BULK - 1, 1, 2 * BULK - 1, True),
    ],
)
def test_many_notes_among_few_others_are_bulk(new: int, changed: int, rest: int, bulk: bool) -> None:
    """New notes and changed ones count alike, those that are gone and attachments not at all."""
    found = [on_disk(f"new{at}.md") for at in range(new)]
    found += [on_disk(f"changed{at}.md", signature=(11, 1000, 1001, 7)) for at in range(changed)]
    kept = [known(f"changed{at}.md", at) for at in range(changed)]
    plan = plan_of([*found, *(on_disk(f"{at}.png") for at in range(BULK))], *kept, known("gone.md"))
    plan.notes.unchanged = rest
    assert is_bulk(plan) == bulk
