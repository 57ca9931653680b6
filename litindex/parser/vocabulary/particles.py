"""Words inside names of people that are written small."""

from __future__ import annotations

from typing import Final

PARTICLES: Final = frozenset(
    """de da do dos das del della dello delle di du des d la le les lo los las el al ul bin ibn ben abu
    van von vom zu zum zur der den dem ter ten te 't ’t 's af av y e i""".split()
)
