"""`python -m tests.comparison [--dump FOLDER]`: what each program gets out of three notes, as tables for docs/comparison.md."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.comparison.facts import NOTES, score
from tests.comparison.peers import Answers, Peer, peers

VAULT = Path(__file__).parents[2] / "sample_vault"
BESIDE = ("Topics",)
"""What the notes link to. Without the template that made one of them: obsidiantools stops at it."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.comparison", description=__doc__)
    parser.add_argument("--dump", type=Path, help="write what each program says into this folder")
    dump = parser.parse_args().dump
    with tempfile.TemporaryDirectory(prefix="litindex-comparison-") as name:
        vault = _three_notes(Path(name) / "vault")
        answers = {peer.name: _ask(peer, vault, Path(name) / peer.name) for peer in peers()}
    there = {peer: answer for peer, answer in answers.items() if answer is not None}
    print(_tables(there))
    missing = [peer for peer in answers if peer not in there]
    print(f"Not installed here: {', '.join(missing) or 'none'}.")
    if dump:
        dump.mkdir(parents=True, exist_ok=True)
        for peer, answer in there.items():
            (dump / f"{peer}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1, default=str), "utf-8")
    return 0


def _three_notes(vault: Path) -> Path:
    for folder in (".obsidian", *BESIDE):
        if (VAULT / folder).exists():
            shutil.copytree(VAULT / folder, vault / folder)
    (vault / "Literature").mkdir(parents=True)
    for name in NOTES:
        shutil.copy(VAULT / "Literature" / f"{name}.md", vault / "Literature")
    return vault


def _ask(peer: Peer, vault: Path, folder: Path) -> Answers | None:
    folder.mkdir()
    try:
        return peer.answers(vault, folder, list(NOTES))
    except Exception as error:
        print(f"{peer.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return None


def _tables(answers: dict[str, Answers]) -> str:
    lines = []
    for note, facts in NOTES.items():
        scores = {peer: score(facts, answer.get(note)) for peer, answer in answers.items()}
        lines += [f"| `{note}` | {' | '.join(answers)} |", f"|---{'|---' * len(answers)}|"]
        lines += [f"| {fact.what} | {' | '.join(each[fact.what] for each in scores.values())} |" for fact in facts]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
