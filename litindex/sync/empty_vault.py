"""A vault in which nothing is found is more often one whose disk is away than one that was emptied (FAULTS W15, W16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from litindex.errors import VaultError
from litindex.models import SourceFile
from litindex.vault import root as vault_root
from litindex.vault.root import Root


def refuse_emptied(
    root: Root,
    files: Iterable[SourceFile],
    known: Collection[str],
    *,
    is_same_root: bool = True,
    knew_notes: bool = False,
) -> None:
    """VaultError for a vault without a note, where some are `known`, or were to an index that is damaged (`knew_notes`).
    So is another folder in the vault's place that holds none of them.
    """
    if not (known or knew_notes) or (is_same_root and vault_root.has_marker(root)):
        return
    if any(file.is_note and (is_same_root or knew_notes or file.path in known) for file in files):
        return
    notes = f"none of the {len(known):,} notes that the index knows" if known else "no note, and the index is damaged"
    raise VaultError(
        f"{root.path} holds {notes}: is its disk there?"
        " (if the vault was emptied: litindex build --allow-empty --wait 10)"
    )
