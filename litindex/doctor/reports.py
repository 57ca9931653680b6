"""Findings for other programs: JSON objects, GitHub's workflow commands, SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from litindex.doctor.check import Check, Finding

_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_objects(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding._asdict() for finding in findings]


def github(finding: Finding) -> str:
    """A line that annotates the file where a workflow prints it.

    GitHub Docs, Workflow commands: `%`, CR and LF are escaped, in properties `:` and `,` too (actions/toolkit: command.ts).
    """
    place = f"file={_property(finding.path)}" + (f",line={finding.line}" if finding.line else "")
    return f"::{_GITHUB[finding.severity]} {place},title={_property(finding.check)}::{_data(said(finding))}"


def said(finding: Finding) -> str:
    """The message, and what to write."""
    return f"{finding.message} Write: {finding.suggestion}" if finding.suggestion else finding.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(checks: Sequence[Check], findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """A SARIF log of one run; addresses are relative to the vault's root."""
    at = {check.name: place for place, check in enumerate(checks)}
    driver = {"name": "litindex", "version": version, "rules": list(map(_rule, checks))}
    results = [_result(finding, at[finding.check]) for finding in findings]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.name,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.why or check.title},
        "help": {"text": check.mend or check.title},
        "defaultConfiguration": {"level": _SARIF[check.severity]},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _SARIF[finding.severity],
        "message": {"text": said(finding)},
        "locations": [{"physicalLocation": place}],
    }
