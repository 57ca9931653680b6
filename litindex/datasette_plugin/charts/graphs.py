"""Graphs that are read, not explored: one thing in the middle, others around it or at its sides. Pure.

Links in a picture cannot be reached with Tab: a list or table beside it holds the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

_SVG = Markup('<svg class="li-graph" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>')
_LINK = Markup('<a href="{}" tabindex="-1"><title>{}</title>{}</a>')
_CIRCLE = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>')
_TEXT = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
_MIDDLE = Markup('<text class="li-middle" x="{}" y="{}" text-anchor="middle">{}</text>')
_LINE = Markup('<line class="li-tie w{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
_CURVE = Markup('<path class="li-tie" d="M{} {}C{} {} {} {} {} {}"/>')

_WIDTH = 520
_CIRCLE_HEIGHT = 400
_ROW = 26
_NECK = 46
_MOST_LETTERS = 26
MOST_TIES = 30
"""Where everyone wrote with everyone, more lines show nothing."""


class Node(NamedTuple):
    """`label` is short, `title` whole; `weight` is shown by size."""

    id: int
    label: str
    title: str
    href: str
    weight: int = 1


class Tie(NamedTuple):
    one: int
    other: int
    weight: int


class _Point(NamedTuple):
    x: float
    y: float


def circle(middle: str, nodes: Sequence[Node], ties: Sequence[Tie]) -> Markup:
    """Everyone around the one in the middle, with the strongest ties between them; who is tied to one another stands side by side where that can be."""
    centre = _Point(_WIDTH / 2, _CIRCLE_HEIGHT / 2)
    ordered = _side_by_side(nodes, ties)
    places = {node.id: _around(centre, at / len(ordered)) for at, node in enumerate(ordered)}
    most = max(node.weight for node in ordered)
    strongest = sorted(ties, key=lambda tie: -tie.weight)[:MOST_TIES]
    width = max((tie.weight for tie in strongest), default=1)
    drawn = [_line(node.weight / most, centre, places[node.id], "own") for node in ordered]
    drawn += [_line(tie.weight / width, places[tie.one], places[tie.other]) for tie in strongest]
    drawn += [_person(node, places[node.id], centre, most) for node in ordered]
    drawn += [_CIRCLE.format("li-centre", *centre, 9), _MIDDLE.format(centre.x, centre.y + 26, middle)]
    return _SVG.format(_WIDTH, _CIRCLE_HEIGHT, f"{middle} and {len(nodes)} others", Markup("").join(drawn))


def _side_by_side(nodes: Sequence[Node], ties: Sequence[Tie]) -> list[Node]:
    """From each to the one that it is tied to most; where there is none, to the next in the given order."""
    weights = {frozenset((tie.one, tie.other)): tie.weight for tie in ties}
    waiting, ordered = list(nodes), [nodes[0]]
    waiting.remove(nodes[0])
    while waiting:
        last = ordered[-1]
        nearest = max(waiting, key=lambda node: weights.get(frozenset((last.id, node.id)), 0))
        waiting.remove(nearest)
        ordered.append(nearest)
    return ordered


def _around(centre: _Point, share: float) -> _Point:
    angle = 2 * math.pi * share - math.pi / 2
    return _Point(round(centre.x + 138 * math.cos(angle), 1), round(centre.y + 168 * math.sin(angle), 1))


def _line(share: float, start: _Point, end: _Point, kind: str = "") -> Markup:
    """Four widths are enough to tell who wrote together most."""
    return _LINE.format(f"{math.ceil(share * 4)} {kind}".strip(), *start, *end)


def _person(node: Node, place: _Point, centre: _Point, most: int) -> Markup:
    radius = round(4 + 5 * node.weight / most, 1)
    offset = place.x - centre.x
    side = "middle" if abs(offset) < 12 else "start" if offset > 0 else "end"
    x = place.x + (0 if side == "middle" else math.copysign(radius + 5, offset))
    y = place.y + 4.5 if side != "middle" else place.y + math.copysign(radius + 11, place.y - centre.y) + 3
    shapes = _CIRCLE.format("li-node", *place, radius) + _TEXT.format(
        round(x, 1), round(y, 1), side, _short(node.label)
    )
    return _LINK.format(node.href, node.title, shapes)


def sides(middle: str, left: Sequence[Node], right: Sequence[Node]) -> Markup:
    """What leads here at the left, where this leads at the right."""
    height = max(len(left), len(right), 2) * _ROW + 14
    centre = _Point(_WIDTH / 2, height / 2)
    drawn = [_beside(node, at, len(left), centre, -1) for at, node in enumerate(left)]
    drawn += [_beside(node, at, len(right), centre, 1) for at, node in enumerate(right)]
    drawn += [_CIRCLE.format("li-centre", *centre, 8)]
    label = f"{middle}: {len(left)} at the left lead to it, it leads to {len(right)} at the right"
    return _SVG.format(_WIDTH, height, label, Markup("").join(drawn))


def _beside(node: Node, at: int, count: int, centre: _Point, side: int) -> Markup:
    place = _Point(centre.x + side * _NECK, round(centre.y + (at - (count - 1) / 2) * _ROW, 1))
    half = centre.x + side * _NECK / 2
    curve = _CURVE.format(centre.x, centre.y, half, centre.y, half, place.y, *place)
    anchor = "start" if side > 0 else "end"
    shapes = _CIRCLE.format("li-node", *place, 4.5) + _TEXT.format(
        place.x + side * 11, place.y + 4.5, anchor, _short(node.label)
    )
    return curve + _LINK.format(node.href, node.title, shapes)


def _short(label: str) -> str:
    return label if len(label) <= _MOST_LETTERS else label[: _MOST_LETTERS - 1].rstrip() + "…"
