"""`docs/rules.md` says what every number means that a comment or docstring names."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")
FAULTS = (ROOT / "docs" / "faults.md").read_text("utf-8")
CODE = re.compile(r"`[^`]*`")
NUMBER = re.compile(r"(?<![\w-])([BDFLMSTZ]\d{1,2})(?!\w)")
FAULT = re.compile(r"FAULTS ([WNYCDP]\d+)")
DECISION = re.compile(r"DECISIONS? ((?:\d+)(?:, \d+)*)")


@cache
def remarks() -> tuple[str, ...]:
    """Comments and docstrings of the program, without the code in them."""
    return tuple(_remarks())


def _remarks() -> Iterator[str]:
    for file in (ROOT / "litindex").rglob("*.py"):
        source = file.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield CODE.sub("", ast.get_docstring(node) or "")
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield CODE.sub("", token.string)


def test_every_rule_that_is_named_has_a_row() -> None:
    named = {number for text in remarks() for number in NUMBER.findall(re.sub(r"FAULTS [^)\n]*", "", text))}
    rows = set(re.findall(r"^\| (\w+) \|", RULES, re.M))
    assert named - rows == set()


def test_every_fault_that_is_named_has_a_row() -> None:
    named = {number for text in remarks() for number in FAULT.findall(text)}
    assert named - set(re.findall(r"^\| (\w+) \|", FAULTS, re.M)) == set()


def test_every_decision_that_is_named_has_a_row() -> None:
    named = {number for text in remarks() for numbers in DECISION.findall(text) for number in numbers.split(", ")}
    rows = {number for cell in re.findall(r"^\| ([\d, ]+) \|", RULES, re.M) for number in cell.split(", ")}
    assert named - rows == set()
