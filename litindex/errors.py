"""The errors a user can meet. Each is one clear line on stderr; anything else is a bug and keeps its traceback."""


class LitindexError(Exception):
    """An expected failure; `exit_code` is what the command line ends with (3: cannot work)."""

    exit_code = 3


class VaultError(LitindexError):
    """The vault is missing, is no folder, or cannot be listed."""


class SystemLimitError(LitindexError):
    """The system gives no more open files or memory: that says nothing about vault or index."""


class IndexFileError(LitindexError):
    """The database is not ours, is newer, belongs to another vault, or cannot be opened or written."""


class DiskError(IndexFileError):
    """The disk of the index is full or fails: better times may come."""


class IndexBusy(LitindexError):
    """Another process keeps the index (it is named by its pid)."""

    exit_code = 75


class ReadingError(LitindexError):
    """A process that reads notes has died: killed, out of memory, or by a fault of ours."""


class SettingsError(LitindexError):
    """`litindex.toml` or `authors.toml` cannot be read; names the file and what to do."""


class QueryError(LitindexError):
    """The SQL, the search or the parameters of a query cannot be used."""

    exit_code = 2


class NothingFound(LitindexError):
    """What was asked for is not in the index."""

    exit_code = 1


class FormattingError(LitindexError):
    """References cannot be formatted: no CSL processor is installed, or it fails."""


class ZoteroError(LitindexError):
    """Zotero's database is not there, cannot be read, or has a schema that is not known."""
