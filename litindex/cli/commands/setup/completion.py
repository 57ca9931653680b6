"""`litindex completion`: the script by which a shell completes what one types."""

from __future__ import annotations

import click

from litindex.cli import shells

_INSTALL = {
    "bash": "litindex completion bash > ~/.local/share/bash-completion/completions/litindex",
    "zsh": "litindex completion zsh > ~/.zfunc/_litindex    (with  fpath+=~/.zfunc  before compinit in ~/.zshrc)",
    "fish": "litindex completion fish > ~/.config/fish/completions/litindex.fish",
    "powershell": "litindex completion powershell >> $PROFILE",
}


@click.command()
@click.argument("shell", required=False, type=click.Choice(shells.SHELLS))
def completion(shell: str | None) -> None:
    """Print the completion script of a shell; without a shell, how to install it.

    Completes commands, options, citekeys, tags, authors and query names.
    """
    if shell is None:
        for name, line in _INSTALL.items():
            click.echo(f"{name:12}{line}")
        return
    click.echo(shells.script(shell), nl=False)
