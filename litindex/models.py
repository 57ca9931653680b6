"""Frozen values that cross the borders between modules.

They are NamedTuples (cheap to make, cheap to send to another process); their fields are the columns
of the table of the same name in `migrations/`, without ids. Where one row points to another of the same note
(`parent`, `heading`, `link`, `task`), it holds the 0-based index of that row in the note's own tuple of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PARSER_VERSION = 9
"""Raised whenever the same bytes would give other rows: the next sync then reads every note again."""


class SourceFile(NamedTuple):
    """A file found in the vault. `path` is vault-relative, `/`-separated, NFC (F7); `disk_path` opens it."""

    path: str
    disk_path: bytes | str
    is_note: bool
    size: int
    mtime_ns: int
    ctime_ns: int
    ino: int
    excluded: bool = False

    @property
    def signature(self) -> tuple[int, int, int, int]:
        """What decides whether a file is read (DECISIONS 14): size, mtime_ns, ctime_ns, inode."""
        return self.size, self.mtime_ns, self.ctime_ns, self.ino


class Known(NamedTuple):
    """A file as the index knows it. `unread`: its content was never read, or is to be forgotten (sha256 '')."""

    id: int
    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    ino: int
    excluded: int = 0
    unread: int = 0

    def is_as(self, file: SourceFile) -> bool:
        """Whether nothing differs that decides whether the file is read."""
        known = self.size, self.mtime_ns, self.ctime_ns, self.ino
        return known == file.signature and bool(self.excluded) == file.excluded


KnownRow = tuple[int, str, int, int, int, int, int, int]
"""A `Known` that is not made yet: of those that stay as they are there are many."""


class Problem(NamedTuple):
    """Something that could not be understood: `message` says the cause and what to do in a researcher's words."""

    code: str
    severity: str
    line: int | None
    message: str


class Heading(NamedTuple):
    level: int
    text: str
    text_key: str
    line: int
    parent: int | None


class Block(NamedTuple):
    block_id: str
    block_key: str
    kind: str
    line: int
    line_start: int
    line_end: int


class Callout(NamedTuple):
    parent: int | None
    depth: int
    type: str
    canonical_type: str | None
    metadata: str | None
    title: str | None
    fold: str | None
    line_start: int
    line_end: int


class Task(NamedTuple):
    parent: int | None
    heading: int | None
    status: str
    completed: int
    text: str
    line: int
    created: str | None = None
    scheduled: str | None = None
    start: str | None = None
    due: str | None = None
    completion: str | None = None


class Footnote(NamedTuple):
    label: str
    label_key: str
    text: str
    line: int


class Link(NamedTuple):
    """A link as written; `scheme` is set for external ones only. The resolver finds the target (L12-L22)."""

    syntax: str
    source: str
    property: str | None
    is_embed: int
    target: str
    target_key: str
    subpath: str | None
    subpath_kind: str | None
    display: str | None
    raw: str
    line: int | None
    scheme: str | None


class Field(NamedTuple):
    """One scalar of a front matter property or an inline field."""

    name: str
    key: str
    source: str
    form: str
    scope: str
    occurrence: int
    subkey: str
    item: int
    type: str
    raw: str
    value_text: str | None
    value_number: float | None
    value_date: str | None
    link: int | None
    task: int | None
    line: int | None


class TagUse(NamedTuple):
    """A tag in a note: `name` as first written there, `tag_key` its identity (T9)."""

    kind: str
    name: str
    tag_key: str
    source: str
    line: int | None
    count: int  # type: ignore[assignment]  # shadows tuple.count, which nobody needs here


class Alias(NamedTuple):
    alias: str
    alias_key: str


class Creator(NamedTuple):
    """A person or institution in one role of a work (Z12-Z18)."""

    role: str
    role_position: int
    name: str
    name_key: str
    kind: str
    family: str | None
    given: str | None
    particle: str | None
    suffix: str | None
    family_key: str | None
    given_key: str
    initials: str
    raw: str
    line: int | None


class Identifier(NamedTuple):
    scheme: str
    value: str
    raw: str


class Citation(NamedTuple):
    kind: str
    citekey: str
    citekey_key: str
    locator: str | None
    line: int | None


class Annotation(NamedTuple):
    """A highlight, note or image taken from a document. `image_link` is the index of the embed among the note's links."""

    type: str | None
    color: str | None
    color_name: str | None
    heading: str | None
    page: int | None
    page_label: str | None
    text: str | None
    comment: str | None
    image_link: int | None
    attachment_key: str | None
    annotation_key: str | None
    library: str | None
    uri: str | None
    imported_at: str | None
    line: int
    tags: tuple[tuple[str, str], ...] = ()
    """(name, tag_key) of Obsidian tags written in the annotation."""


class ZoteroNote(NamedTuple):
    zotero_key: str | None
    library: str | None
    uri: str | None
    modified: str | None
    text: str
    line_start: int
    line_end: int


class PersistBlock(NamedTuple):
    name: str
    text: str
    is_default: int
    line_start: int
    line_end: int


class Provenance(NamedTuple):
    """Where a bibliographic value was taken from: `verdict` is used, same (says the same) or overruled (says otherwise)."""

    field: str
    verdict: str
    value: str | None
    source: str
    key: str | None
    raw: str
    line: int | None


class Work(NamedTuple):
    """The bibliographic record of a literature note; the names are the columns of `works`."""

    citekey: str | None = None
    citekey_key: str | None = None
    title: str | None = None
    item_type: str | None = None
    csl_type: str | None = None
    date_raw: str | None = None
    date: str | None = None
    year: int | None = None
    container: str | None = None
    publisher: str | None = None
    place: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    edition: str | None = None
    series: str | None = None
    language: str | None = None
    abstract: str | None = None
    bibliography: str | None = None
    zotero_library: str | None = None
    zotero_key: str | None = None
    imported_at: str | None = None
    read_status: str | None = None
    date_read: str | None = None
    pdf: str | None = None
    made_by: str = "other"
    creators: tuple[Creator, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    collections: tuple[str, ...] = ()
    provenance: tuple[Provenance, ...] = ()


class Note(NamedTuple):
    """Everything a note says. `parser.parse_note` makes one of any bytes whatever."""

    path: str
    path_key: str
    name: str
    name_key: str
    folder: str
    title: str
    title_source: str
    kind: str
    excluded: int = 0
    frontmatter_state: str = "none"
    frontmatter_end: int | None = None
    created: str | None = None
    created_source: str | None = None
    modified: str | None = None
    modified_source: str | None = None
    day: str | None = None
    imported_at: str | None = None
    encoding: str = "utf-8"
    eol: str = "none"
    has_bom: int = 0
    line_count: int = 0
    word_count: int = 0
    own_word_count: int = 0
    frontmatter: str | None = None
    """The properties as JSON, values by YAML 1.2; None where there are none that can be read."""
    body: str = ""
    own_text: str = ""
    """The user's own words: the body without imported text (abstract, bibliography, highlights, Zotero notes) and markup fields."""
    work: Work | None = None
    aliases: tuple[Alias, ...] = ()
    tags: tuple[TagUse, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    callouts: tuple[Callout, ...] = ()
    tasks: tuple[Task, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    links: tuple[Link, ...] = ()
    fields: tuple[Field, ...] = ()
    citations: tuple[Citation, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    zotero_notes: tuple[ZoteroNote, ...] = ()
    persist_blocks: tuple[PersistBlock, ...] = ()
    problems: tuple[Problem, ...] = ()


class TemplateSource(NamedTuple):
    """A template of the vault that makes literature notes. `path`: where it stands, for people to find it; `file_name`:
    the template of the notes' names, where a plugin has one.
    """

    path: str
    text: str
    file_name: str = ""


class TemplateRules(NamedTuple):
    """`use`: paths that are templates whatever they hold; `ignore`: paths, or folders ending in `/`, that are none."""

    use: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    off: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may teach the parser in `litindex.toml` (DECISIONS: keys of one's own) and `authors.toml`."""

    keys: dict[str, str] = field(default_factory=dict)
    """[keys]  key as written -> slot name ("Verfasserin" = "author")."""
    colors: dict[str, str] = field(default_factory=dict)
    """[colors]  colour name or #hex -> what it means to the user."""
    authors: dict[str, str] = field(default_factory=dict)
    """authors.toml  name_key of a spelling -> the name it stands for."""
    template_rules: TemplateRules = field(default_factory=TemplateRules)
    """[templates]  which files are read as templates."""
    templates: tuple[TemplateSource, ...] = ()
    """The templates of the vault, by path: read before the notes."""
    history: bool = True
    """Whether the index remembers what changed."""
