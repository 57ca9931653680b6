"""What stands in a comment of Obsidian's: `%%…%%`, in one line or over many (S7)."""

from __future__ import annotations

import pytest

from litindex.models import Note
from litindex.parser import parse_note


def read(text: str) -> Note:
    return parse_note("Note.md", text.encode())


HIDDEN = "# Old\n\n- [ ] old #moss [[Foam]]\n\nA claim. ^old\n"
COMMENTED = {
    "lines of their own": f"%%\n{HIDDEN}%%\n",
    "on the first and the last line": f"%% kept\n\n{HIDDEN}\nby hand %%\n",
    "a lazy line of the last item closes it": "%%\n# Old\n\nA claim. ^old\n\n- [ ] old #moss [[Foam]]\n%%\n",
    "with code that holds the mark": f"%%\n```\n%%\n```\n{HIDDEN}`%%`\n%%\n",
    "after one in a line": f"%%a%% b %%\n\n{HIDDEN}\n%%\n",
    "after an escaped mark": f"\\%% b %%\n\n{HIDDEN}\n%%\n",
}


@pytest.mark.parametrize("text", COMMENTED.values(), ids=COMMENTED)
def test_a_comment_over_lines_holds_no_task_heading_or_block_but_its_links_and_tags_count(text: str) -> None:
    note = read(text + "\n# New\n\n- [ ] new ^new\n")
    assert [task.text for task in note.tasks] == ["new"]
    assert [heading.text for heading in note.headings] == ["New"]
    assert [block.block_id for block in note.blocks] == ["new"]
    assert [tag.name for tag in note.tags] == ["moss"]
    assert [link.target for link in note.links] == ["Foam"]


SHOWN = {
    "a mark without its like": "%%\n\n- [ ] live\n",
    "an empty comment": "%%%%\n\n- [ ] live\n\n%%%%\n",
    "marks in code spans": "`%%`\n\n- [ ] live\n\n``%%``\n",
    "marks in math": "$a %% b$\n\n- [ ] live\n\n$$\n%%\n$$\n",
    "marks in fenced code": "```\n%%\n```\n\n- [ ] live\n\n~~~\n%%\n~~~\n",
    "marks in addresses": "https://a.org/%%x\n\n- [ ] live\n\n[b](https://a.org/%%y)\n",
    "escaped marks": "\\%%\n\n- [ ] live\n\n\\%%\n",
    "a comment in the task": "- [ ] live %%not this%%\n",
    "persist markers": "%% begin notes %%\n\n- [ ] live\n\n%% end notes %%\n",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_is_in_no_comment_is_a_task(text: str) -> None:
    assert [task.text.split(" ")[0] for task in read(text).tasks] == ["live"]


def test_a_comment_within_a_task_is_no_part_of_it() -> None:
    assert [
        task.text for task in read("- [ ] live %% old %%\n- [ ] %% all old %%\n- [ ] use `%%` twice `%%`\n").tasks
    ] == [
        "live",
        "use `%%` twice `%%`",
    ]
