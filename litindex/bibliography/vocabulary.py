"""What types, fields and roles are called: Zotero's names, and the words by which notes state a field.

Facts of zotero-schema (fields with their base fields, primary creators), of the CSL specification and of BibLaTeX's
manual. A new spelling is a word more in a row.
"""

from __future__ import annotations

from typing import Final

_NAMES: Final = {
    "title": "title casename nameofact subject",
    "shortTitle": "shorttitle titleshort kurztitel titrecourt títulocorto titoloshort",
    "publicationTitle": """publicationtitle journaltitle journal containertitle booktitle proceedingstitle blogtitle websitetitle
        forumtitle programtitle encyclopediatitle dictionarytitle reporter code""",
    "journalAbbreviation": "journalabbreviation containertitleshort shortjournal journalabbrev",
    "conferenceName": "conferencename eventtitle meetingname event conference",
    "volume": "volume codenumber codevolume reportervolume",
    "issue": "issue prioritynumbers",
    "number": """number reportnumber patentnumber billnumber docketnumber documentnumber publiclawnumber episodenumber archiveid
        identifier standardnumber""",
    "pages": "pages page codepages firstpage",
    "numPages": "numpages numberofpages pagetotal pagecount seitenzahl",
    "numberOfVolumes": "numberofvolumes volumes",
    "edition": "edition",
    "series": "series seriestitle collectiontitle",
    "seriesNumber": "seriesnumber collectionnumber",
    "publisher": "publisher university institution school company label studio distributor network assignee repository organization",
    "place": "place publisherplace address location repositorylocation",
    "eventPlace": "eventplace venue",
    "language": "language langid",
    "abstractNote": "abstractnote abstract",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "url": "url",
    "accessDate": "accessdate accessed urldate dateaccessed retrieved retrievedon lastaccessed zugriff abgerufenam consulté",
    "originalDate": "originaldate origdate originalyear",
    "filingDate": "filingdate submitted",
    "archive": "archive",
    "archiveLocation": "archivelocation locinarchive",
    "libraryCatalog": "librarycatalog",
    "callNumber": "callnumber signatur applicationnumber lccn",
    "rights": "rights license copyright",
    "extra": "extra note",
    "type": """genre thesistype reporttype websitetype posttype lettertype manuscripttype maptype presentationtype
        audiofiletype programminglanguage""",
    "medium": "medium artworkmedium audiorecordingformat videorecordingformat interviewmedium format howpublished",
    "system": "system",
    "version": "version versionnumber",
    "section": "section committee chapter",
    "session": "session chapternumber",
    "authority": "authority court legislativebody issuingauthority",
    "status": "legalstatus pubstate publicationstatus",
    "history": "history references",
    "scale": "scale",
    "dimensions": "artworksize runningtime dimensions",
    "country": "country nationality",
    "primaryClass": "primaryclass eprintclass",
    "annotation": "annote annotation",
}  # fmt: skip

FIELDS: Final = {word: name for name, words in _NAMES.items() for word in words.split()}
"""A key as notes, Zotero, CSL and BibLaTeX write it, squeezed -> Zotero's field (the base field where it has one)."""

PRIMARY_ROLES: Final = {
    "artwork": "artist", "audioRecording": "performer", "bill": "sponsor", "computerProgram": "programmer",
    "film": "director", "hearing": "contributor", "interview": "interviewee", "map": "cartographer",
    "patent": "inventor", "podcast": "podcaster", "presentation": "presenter", "radioBroadcast": "director",
    "tvBroadcast": "director", "videoRecording": "director",
}  # fmt: skip
"""Type -> the role that is its author's (zotero-schema: creatorTypes with primary); of all others it is `author`."""

NUMBERED_IN_ISSUES: Final = frozenset(("journalArticle", "magazineArticle", "newspaperArticle", "document"))
"""Types whose plain `number` is an issue."""
SERIES_TYPES: Final = frozenset(("book", "bookSection", "conferencePaper", "dictionaryEntry", "encyclopediaArticle"))
"""Types whose plain `number` is that of the series."""

THESIS_GENRES: Final = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "masterthesis": "Master’s thesis",
    "doctoralthesis": "Doctoral thesis",
}  # fmt: skip
"""Types of BibTeX and BibLaTeX that say what kind of thesis it is."""
