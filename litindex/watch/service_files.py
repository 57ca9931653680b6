"""Text for the system's own keeper of background programs: a systemd user unit, a launchd agent."""

from __future__ import annotations

import hashlib
import plistlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

_UNIT = """\
# Put this into ~/.config/systemd/user/{name}.service, for example with
#   litindex service {arguments} > ~/.config/systemd/user/{name}.service
# then
#   systemctl --user daemon-reload
#   systemctl --user enable --now {name}
#   journalctl --user -u {name} -f      shows what it does
#   loginctl enable-linger              keeps it running while you are logged out

[Unit]
Description=litindex keeps {index} up to date

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=10
# Wrong usage: to try again is no use.
RestartPreventExitStatus=2
TimeoutStopSec=15
UMask=0077
Nice=5

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True)
class Service:
    """A `watch` of one vault that the system starts at login. Paths are absolute."""

    vault: Path
    index: Path

    @property
    def name(self) -> str:
        """Readable, and another one for each index."""
        word = re.sub(r"[^a-z0-9]+", "-", self.vault.name.lower()).strip("-")[:30] or "vault"
        return f"litindex-{word}-{hashlib.sha256(bytes(self.index)).hexdigest()[:6]}"

    @property
    def label(self) -> str:
        return f"io.litindex.{self.name}"

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "litindex", "watch", str(self.vault), "--db", str(self.index)]

    def systemd(self) -> str:
        """A user unit, with the commands that enable it in its head."""
        return _UNIT.format(
            name=self.name,
            index=_plain(str(self.index)).replace("%", "%%"),
            arguments=" ".join(_shell_word(str(each)) for each in (self.vault, "--db", self.index)),
            command=" ".join(map(_systemd_word, self.command)),
        )

    def launchd(self) -> str:
        """A launch agent, with the commands that enable it in its head."""
        log = Path.home() / "Library" / "Logs" / f"{self.name}.log"
        agent = plistlib.dumps(
            {
                "Label": self.label,
                "ProgramArguments": self.command,
                "RunAtLoad": True,
                "KeepAlive": {"SuccessfulExit": False},
                "ThrottleInterval": 10,
                "ProcessType": "Background",
                "Umask": 0o077,
                "StandardErrorPath": str(log),
            },
            sort_keys=False,
        ).decode()
        head, _, rest = agent.partition("\n")
        place = f"~/Library/LaunchAgents/{self.label}.plist"
        commands = f"  put this into {place}, then\n  launchctl bootstrap gui/$(id -u) {place}\n"
        return f"{head}\n<!--\n{commands}  (off again: launchctl bootout gui/$(id -u)/{self.label})\n-->\n{rest}"


def _systemd_word(word: str) -> str:
    """Quoted as systemd.service(5) and systemd.syntax(7) ask: C escapes, `%` and `$` doubled."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return '"' + "".join(_systemd_character(character) for character in word) + '"'


def _systemd_character(character: str) -> str:
    return f"\\x{ord(character):02x}" if character < " " or character == "\x7f" else character


def _shell_word(word: str) -> str:
    import shlex

    return _plain(shlex.quote(word))


def _plain(text: str) -> str:
    """In one line, for a comment or a description."""
    return re.sub(r"[\x00-\x1f\x7f]", "?", text)
