"""The slots of one note while they are being filled: claims in order of precedence, and what became of each (Z5, Z6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from litindex.models import Problem, Settings, Statement
from litindex.parser.bibliography.fields.normalisers import plain
from litindex.parser.bibliography.statement import RANKS, Claim, no_value
from litindex.parser.parsed_note import Page
from litindex.text_keys import person_key


class Record:
    """The slots of one note while they are being filled."""

    def __init__(self, page: Page, claims: list[Claim], settings: Settings) -> None:
        self.page = page
        self.settings = settings
        self.problems: list[Problem] = []
        self.statements: list[Statement] = []
        self.by_slot: dict[str, list[Claim]] = {}
        self.valued: dict[str, list[Claim]] = {}
        for claim in sorted(claims, key=lambda claim: RANKS[claim.source]):
            self.by_slot.setdefault(claim.slot, []).append(claim)
            if not no_value(claim.raw):
                self.valued.setdefault(claim.slot, []).append(claim)

    def claims(self, *slots: str) -> list[Claim]:
        """The claims for these slots that say something, in order of precedence."""
        if len(slots) == 1:
            return self.valued.get(slots[0], [])
        return [claim for slot in slots for claim in self.valued.get(slot, [])]

    def choose(self, name: str, *slots: str, read: Callable[[Claim], str | None] | None = None) -> str | None:
        """The first value in order of precedence; what the others say is kept as `same` or `overruled`."""
        return self.keep(name, [(claim, (read or plain)(claim)) for claim in self.claims(*slots)])

    def keep(self, name: str, ranked: Sequence[tuple[Claim, str | None]]) -> str | None:
        ranked = [(claim, value) for claim, value in ranked if value]
        chosen = ranked[0][1] if ranked else None
        core = _core(chosen) if len(ranked) > 1 else ""
        for i, (claim, value) in enumerate(ranked):
            verdict = "used" if i == 0 else "same" if value == chosen or _core(value) == core else "overruled"
            self.statements.append(statement(name, verdict, value, claim))
        if name == "zotero":
            self._notice_conflict(ranked)
        return chosen

    def unite(self, name: str, found: list[tuple[Claim, str]]) -> list[tuple[str, str]]:
        """All different values of a slot that may have several, with the raw text of each."""
        values: dict[str, str] = {}
        for claim, value in found:
            self.statements.append(statement(name, "same" if value in values else "used", value, claim))
            values.setdefault(value, claim.raw)
        return list(values.items())

    def _notice_conflict(self, ranked: Sequence[tuple[Claim, str | None]]) -> None:
        """A problem where a note names two items of Zotero (several DOIs are united: Z20)."""
        stated = [
            (claim, value) for claim, value in ranked if value and claim.source in ("callout", "field", "property")
        ]
        values = list(dict.fromkeys(value for _, value in stated))
        if len(values) > 1:
            message = f"The note gives more than one Zotero item: {' and '.join(values[:3])}. Keep the right one."
            self.problem("value-conflict", stated[-1][0], message, "info")

    def problem(self, code: str, claim: Claim | None, message: str, severity: str = "warning") -> None:
        self.problems.append(Problem(code, severity, claim.line if claim else None, message))


def statement(slot: str, verdict: str, value: str | None, claim: Claim) -> Statement:
    return Statement(slot, verdict, value, claim.source, claim.key, claim.raw, claim.line)


def _core(value: str | None) -> str:
    """What is compared when two claims are asked whether they say the same."""
    return re.sub(r"\W+", "", person_key(value or ""))
