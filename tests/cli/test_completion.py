"""Completion in real shells: a name out of a note is inserted so that the shell takes it for itself, and never run."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from litindex.cli import shells
from litindex.cli.shells import Word, in_bash, in_powershell, split_line
from litindex.sync import indexer

NAMES = [
    "qa $(touch pwned) x",
    "qb `touch pwned` x",
    "qc it's",
    'qd "double" x',
    "qe wow! !! !x",
    "qf * [a-z] {a,b} ?",
    "qg back\\slash \\n",
    "qh ; touch pwned & x",
    "qi > pwned",
    "qj $HOME ${IFS} ~",
    "qk #hash %s %n -- x",
    "ql ’; touch pwned; ’",
    "qm é 知识 x",
    "qn,plain:x=y@z",
]
UNSPEAKABLE = ["qx\x1b[31mred", "qy\nsecond line", "qz\u202eright to left", "qw\ttab"]
_PATIENCE = 60.0

BASH = "set +o history; HISTFILE=; PS1='READY> '; source {script}\n"
ZSH = "PS1='READY> '; autoload -Uz compinit; compinit -D -u; source {script}\n"
FISH = "function fish_prompt; echo -n 'READY> '; end; function fish_greeting; end; source {script}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of notes of such names, and a `litindex` that completes, or writes down its arguments."""
    folder = tmp_path_factory.mktemp("completion")
    (folder / "vault").mkdir()
    for name in [*NAMES, *UNSPEAKABLE]:
        (folder / "vault" / f"{name}.md").write_text("text", encoding="utf-8")
    indexer.sync(folder / "vault", folder / "litindex.db", jobs=1)
    program = folder / "bin" / "litindex"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        "if os.environ.get('_LITINDEX_COMPLETE'):\n    from litindex.cli import main\n    main()\n"
        "open('arguments.new', 'w').write(json.dumps(sys.argv[1:]))\nos.rename('arguments.new', 'arguments')\n"
    )
    program.chmod(0o755)
    for shell in shells.SHELLS:
        (folder / f"script.{shell}").write_text(shells.script(shell), encoding="utf-8")
    (folder / ".bashrc").write_text(BASH.format(script="script.bash"))
    (folder / ".zshrc").write_text(ZSH.format(script="script.zsh"))
    (folder / ".config" / "fish").mkdir(parents=True)
    (folder / ".config" / "fish" / "config.fish").write_text(FISH.format(script="script.fish"))
    return folder


def typed_in(command: list[str], home: Path, keys: str) -> list[str]:
    """The arguments that litindex got when these keys were typed at the prompt of that shell."""
    (home / "arguments").unlink(missing_ok=True)
    environment = {
        **{"HOME": str(home), "ZDOTDIR": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "TERM": "xterm"},
        **{"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8", "LITINDEX_DB": str(home / "litindex.db")},
        **{"PYTHONPATH": str(Path(shells.__file__).parents[3]), "XDG_DATA_HOME": str(home / "data")},
    }
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=home,
        env=environment,
        start_new_session=True,
    )
    os.close(slave)
    try:
        seen = wait(master, lambda seen: b"READY> " in seen)
        os.write(master, keys.encode())
        seen += wait(master, lambda _: (home / "arguments").exists())
        assert (home / "arguments").exists(), seen.decode(errors="replace")
        found: list[str] = json.loads((home / "arguments").read_text())
        return found
    finally:
        process.kill()
        process.wait()
        os.close(master)


def wait(master: int, is_over: Callable[[bytes], bool]) -> bytes:
    seen, deadline = b"", time.monotonic() + _PATIENCE
    while not is_over(seen) and time.monotonic() < deadline:
        if select.select([master], [], [], 0.05)[0]:
            seen += os.read(master, 65536)
    return seen


def shell(name: str, *options: str) -> list[str]:
    program = shutil.which(name)
    if not program:
        pytest.skip(f"no {name} here")
    return [program, *options]


INTERACTIVE = {"bash": ["--noprofile", "-i"], "zsh": ["-i"], "fish": ["-i"]}


@pytest.mark.process
@pytest.mark.parametrize("name", INTERACTIVE)
@pytest.mark.parametrize("note", NAMES)
def test_a_name_is_completed_as_data(name: str, note: str, home: Path) -> None:
    assert typed_in(shell(name, *INTERACTIVE[name]), home, f"litindex show {note[:2]}\t\r") == ["show", note]
    assert not (home / "pwned").exists()


@pytest.mark.process
@pytest.mark.parametrize("name", INTERACTIVE)
@pytest.mark.parametrize("note", UNSPEAKABLE)
def test_a_name_that_a_line_cannot_hold_is_not_offered(name: str, note: str, home: Path) -> None:
    assert typed_in(shell(name, *INTERACTIVE[name]), home, f"litindex show {note[:2]}\t\r") == ["show", note[:2]]


@pytest.mark.process
@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("note", [NAMES[0], NAMES[1], NAMES[3], NAMES[6]])
def test_bash_completes_between_quotes(quote: str, note: str, home: Path) -> None:
    keys = f"litindex show {quote}{note[:2]}\t\r"
    assert typed_in(shell("bash", *INTERACTIVE["bash"]), home, keys) == ["show", note]
    assert not (home / "pwned").exists()


@pytest.mark.process
def test_powershell_takes_the_script(home: Path) -> None:
    command = ". ./script.powershell; (TabExpansion2 'litindex show qa' 16).CompletionMatches.CompletionText"
    said = subprocess.run(
        [*shell("pwsh", "-NoProfile", "-Command"), command],
        cwd=home, capture_output=True, text=True, timeout=_PATIENCE,
        env={**os.environ, "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "LITINDEX_DB": str(home / "litindex.db")},
    )  # fmt: skip
    assert said.stdout.strip() == "'qa $(touch pwned) x'"


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("okafor2021", "okafor2021"),
        ("--tag", "--tag"),
        ("@okafor", "'@okafor'"),
        ("$(x) `n", "'$(x) `n'"),
        ("it's ’ ‘ ‚ ‛", "'it''s ’’ ‘‘ ‚‚ ‛‛'"),
        ("#a;b", "'#a;b'"),
        ("a,b", "'a,b'"),
        ("a–b", "'a–b'"),
    ],
)
def test_powershell_gets_what_it_may_read_otherwise_in_single_quotes(value: str, quoted: str) -> None:
    assert in_powershell(value) == quoted


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("litindex show ab", [("litindex", ""), ("show", ""), ("ab", "")]),
        ("A=1 litindex ", [("litindex", ""), ("", "")]),
        (r"litindex a\ b", [("litindex", ""), ("a b", "")]),
        ("litindex 'a b", [("litindex", ""), ("a b", "'")]),
        (r'litindex "a \" $b', [("litindex", ""), ('a " $b', '"')]),
        ("litindex \"a\"'b'c", [("litindex", ""), ("abc", "")]),
        ("litindex a\\", [("litindex", ""), ("a", "")]),
        ('litindex "a\\', [("litindex", ""), ("a", '"')]),
        ("litindex $(x)", [("litindex", ""), ("$(x)", "")]),
    ],
)
def test_a_line_is_split_as_a_shell_does_and_nothing_in_it_is_expanded(line: str, words: list[tuple[str, str]]) -> None:
    assert [(word.meaning, word.quote) for word in split_line(line)] == words


@pytest.mark.parametrize(
    ("value", "word", "replaced", "given"),
    [
        ("@okafor x", Word("@oka", "@oka"), "oka", r"okafor\ x"),
        ("--tag=a b", Word("--tag=a", "--tag=a"), "a", r"a\ b"),
        ("it's", Word("'i", "i", "'"), "i", None),
        ("a!b", Word('"a', "a", '"'), "a", None),
        ("a$b", Word('"a', "a", '"'), "a", r"a\$b"),
        ("a b", Word("x'a", "xa", "'"), "a", None),
    ],
)
def test_bash_gets_the_part_that_it_replaces(value: str, word: Word, replaced: str, given: str | None) -> None:
    assert in_bash(value, word, replaced) == given
