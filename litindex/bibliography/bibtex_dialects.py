"""What types, fields and languages are called in BibTeX and in BibLaTeX (their manuals; choices as in Better BibTeX)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Dialect:
    """What differs between BibTeX and BibLaTeX. A field may have several names: the first that is free is taken."""

    ascii_only: bool
    types: Mapping[str, str]
    own_types: frozenset[str]
    """Types that an entry of a note keeps."""
    fields: Mapping[str, str]
    of_type: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Type of the entry -> fields that are called otherwise there."""
    roles: Mapping[str, str] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    """Names that only the other one has."""
    languages: bool = False


_STANDARD: Final = """article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis
    proceedings techreport unpublished""".split()

BIBTEX: Final = Dialect(
    ascii_only=True,
    types={
        "book": "book", "bookSection": "incollection", "conferencePaper": "inproceedings",
        "dictionaryEntry": "incollection", "encyclopediaArticle": "incollection", "journalArticle": "article",
        "magazineArticle": "article", "manuscript": "unpublished", "newspaperArticle": "article",
        "report": "techreport", "thesis": "phdthesis",
    },
    own_types=frozenset(_STANDARD),
    fields={
        "title": "title", "shortTitle": "shorttitle", "publicationTitle": "journal",
        "journalAbbreviation": "shortjournal", "conferenceName": "eventtitle", "eventPlace": "venue",
        "series": "series", "volume": "volume", "issue": "number", "number": "number eid",
        "seriesNumber": "number seriesnumber", "numberOfVolumes": "volumes", "edition": "edition", "pages": "pages",
        "numPages": "pagetotal", "publisher": "publisher", "place": "address", "type": "type", "section": "chapter",
        "version": "version", "medium": "howpublished medium", "system": "howpublished system",
        "authority": "institution authority", "session": "session", "history": "history", "scale": "scale",
        "dimensions": "dimensions", "country": "nationality", "language": "language", "ISBN": "isbn", "ISSN": "issn",
        "DOI": "doi", "url": "url", "PMID": "pmid", "PMCID": "pmcid", "archive": "archive",
        "archiveLocation": "archivelocation", "libraryCatalog": "library", "callNumber": "lccn",
        "rights": "copyright", "extra": "note", "annotation": "annote", "abstractNote": "abstract",
    },
    of_type={
        "incollection": {"publicationTitle": "booktitle"},
        "inbook": {"publicationTitle": "booktitle"},
        "inproceedings": {"publicationTitle": "booktitle", "conferenceName": "booktitle eventtitle"},
        "phdthesis": {"publisher": "school"},
        "mastersthesis": {"publisher": "school"},
        "techreport": {"publisher": "institution"},
        "misc": {"publicationTitle": "howpublished"},
    },
    roles={"author": "author", "editor": "editor", "translator": "translator", "bookAuthor": "bookauthor"},
    foreign=frozenset(("journaltitle", "location", "annotation", "langid", "pubstate")),
)  # fmt: skip

BIBLATEX: Final = Dialect(
    ascii_only=False,
    types={
        "artwork": "artwork", "audioRecording": "audio", "bill": "legislation", "blogPost": "online", "book": "book",
        "bookSection": "incollection", "case": "jurisdiction", "computerProgram": "software",
        "conferencePaper": "inproceedings", "dataset": "dataset", "dictionaryEntry": "inreference",
        "email": "letter", "encyclopediaArticle": "inreference", "film": "video", "forumPost": "online",
        "hearing": "jurisdiction", "journalArticle": "article", "letter": "letter", "magazineArticle": "article",
        "manuscript": "unpublished", "newspaperArticle": "article", "patent": "patent", "podcast": "audio",
        "preprint": "online", "presentation": "unpublished", "radioBroadcast": "audio", "report": "report",
        "standard": "standard", "statute": "legislation", "thesis": "thesis", "tvBroadcast": "video",
        "videoRecording": "video", "webpage": "online",
    },
    own_types=frozenset(
        """mvbook bookinbook suppbook collection mvcollection suppcollection dataset manual online patent periodical
        suppperiodical mvproceedings reference mvreference inreference report software thesis artwork audio image
        jurisdiction legislation letter movie music performance review standard video electronic www""".split()
        + _STANDARD
    ),
    fields={
        "title": "title", "shortTitle": "shorttitle", "publicationTitle": "journaltitle",
        "journalAbbreviation": "shortjournal", "conferenceName": "eventtitle", "eventPlace": "venue",
        "series": "series", "volume": "volume", "issue": "number issue", "number": "number eid",
        "seriesNumber": "number seriesnumber", "numberOfVolumes": "volumes", "edition": "edition", "pages": "pages",
        "numPages": "pagetotal", "publisher": "publisher", "place": "location", "type": "type", "section": "chapter",
        "version": "version", "medium": "howpublished medium", "system": "howpublished system",
        "authority": "institution authority", "session": "session", "history": "history", "scale": "scale",
        "dimensions": "dimensions", "country": "location nationality", "ISBN": "isbn", "ISSN": "issn", "DOI": "doi",
        "url": "url", "PMID": "pmid", "PMCID": "pmcid", "archive": "archive", "archiveLocation": "archivelocation",
        "libraryCatalog": "library", "callNumber": "lccn", "rights": "rights", "extra": "note",
        "annotation": "annotation", "abstractNote": "abstract",
    },
    of_type={
        "incollection": {"publicationTitle": "booktitle"},
        "inbook": {"publicationTitle": "booktitle"},
        "inproceedings": {"publicationTitle": "booktitle"},
        "inreference": {"publicationTitle": "booktitle"},
        "video": {"publicationTitle": "booktitle"},
        "movie": {"publicationTitle": "booktitle"},
        "online": {"publicationTitle": "organization"},
        "report": {"publisher": "institution"},
        "thesis": {"publisher": "institution"},
        "phdthesis": {"publisher": "institution"},
        "mastersthesis": {"publisher": "institution"},
        "techreport": {"publisher": "institution"},
        "software": {"publisher": "organization"},
        "misc": {"publisher": "organization", "publicationTitle": "howpublished"},
        "patent": {"publisher": "holder"},
        "unpublished": {"place": "venue location", "conferenceName": "eventtitle"},
    },
    roles={
        "author": "author", "editor": "editor", "translator": "translator", "bookAuthor": "bookauthor",
        "commenter": "commentator",
    },
    foreign=frozenset(("journal", "address", "school", "annote")),
    languages=True,
)  # fmt: skip

BABEL: Final = {
    "en": "english", "en-us": "american", "en-gb": "british", "en-au": "australian", "en-ca": "canadian",
    "en-nz": "newzealand", "de": "ngerman", "de-de": "ngerman", "de-at": "naustrian", "de-ch": "nswissgerman",
    "fr": "french", "fr-ca": "canadien", "es": "spanish", "it": "italian", "pt": "portuguese", "pt-br": "brazilian",
    "nl": "dutch", "da": "danish", "sv": "swedish", "nb": "norsk", "no": "norsk", "nn": "nynorsk", "fi": "finnish",
    "is": "icelandic", "pl": "polish", "cs": "czech", "sk": "slovak", "sl": "slovene", "hr": "croatian",
    "sr": "serbian", "hu": "magyar", "ro": "romanian", "bg": "bulgarian", "ru": "russian", "uk": "ukrainian",
    "el": "greek", "tr": "turkish", "he": "hebrew", "ar": "arabic", "fa": "persian", "ja": "japanese",
    "zh": "chinese", "ko": "korean", "ca": "catalan", "gl": "galician", "eu": "basque", "et": "estonian",
    "lv": "latvian", "lt": "lithuanian", "la": "latin", "english": "english", "german": "ngerman",
    "french": "french", "spanish": "spanish", "italian": "italian",
}  # fmt: skip
"""A language's code or English name -> what babel calls it."""
