"""Zotero's tables as its versions have them, as far as they hold items: facts of zotero/zotero, resource/schema/userdata.sql
and of the global schema, in words of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

ZOTERO_5, ZOTERO_6, ZOTERO_7, ZOTERO_8, ZOTERO_10 = 107, 120, 123, 125, 129
VERSIONS: Final = (ZOTERO_5, ZOTERO_6, ZOTERO_7, ZOTERO_8, ZOTERO_10)
"""Versions of `userdata`, one of each release that changed what is read here."""

_TYPES = """
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT, templateItemTypeID INT, display INT DEFAULT 1);
CREATE TABLE fieldFormats (fieldFormatID INTEGER PRIMARY KEY, regex TEXT, isInteger INT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT, fieldFormatID INT REFERENCES fieldFormats(fieldFormatID));
CREATE TABLE fieldsCombined (fieldID INT NOT NULL PRIMARY KEY, fieldName TEXT NOT NULL, label TEXT, fieldFormatID INT, custom INT NOT NULL);
CREATE TABLE baseFieldMappings (
  itemTypeID INT REFERENCES itemTypes(itemTypeID), baseFieldID INT REFERENCES fields(fieldID),
  fieldID INT REFERENCES fields(fieldID), PRIMARY KEY (itemTypeID, baseFieldID, fieldID)
);
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE itemTypeCreatorTypes (
  itemTypeID INT REFERENCES itemTypes(itemTypeID), creatorTypeID INT REFERENCES creatorTypes(creatorTypeID),
  primaryField INT, PRIMARY KEY (itemTypeID, creatorTypeID)
);
"""
_LIBRARIES = """
CREATE TABLE version (schema TEXT PRIMARY KEY, version INT NOT NULL);
CREATE INDEX schema ON version(schema);
CREATE TABLE settings (setting TEXT, key TEXT, value, PRIMARY KEY (setting, key));
CREATE TABLE libraries (
  libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL, filesEditable INT NOT NULL,
  version INT NOT NULL DEFAULT 0, storageVersion INT NOT NULL DEFAULT 0, lastSync INT NOT NULL DEFAULT 0,
  archived INT NOT NULL DEFAULT 0
);
CREATE TABLE syncedSettings (
  setting TEXT NOT NULL, libraryID INT NOT NULL REFERENCES libraries(libraryID) ON DELETE CASCADE, value NOT NULL,
  version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, PRIMARY KEY (setting, libraryID)
);
CREATE TABLE groups (
  groupID INTEGER PRIMARY KEY, libraryID INT NOT NULL UNIQUE REFERENCES libraries(libraryID) ON DELETE CASCADE,
  name TEXT NOT NULL, description TEXT NOT NULL, version INT NOT NULL
);
CREATE TABLE feeds (
  libraryID INTEGER PRIMARY KEY REFERENCES libraries(libraryID) ON DELETE CASCADE, name TEXT NOT NULL, url TEXT NOT NULL UNIQUE,
  lastUpdate TIMESTAMP, lastCheck TIMESTAMP, lastCheckError TEXT, cleanupReadAfter INT, cleanupUnreadAfter INT,
  refreshInterval INT
);
"""
_ITEMS = """
CREATE TABLE items (
  itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  dateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  libraryID INT NOT NULL REFERENCES libraries(libraryID) ON DELETE CASCADE, key TEXT NOT NULL,
  version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key)
);
CREATE INDEX items_synced ON items(synced);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (
  itemID INT REFERENCES items(itemID) ON DELETE CASCADE, fieldID INT REFERENCES fieldsCombined(fieldID),
  valueID REFERENCES itemDataValues(valueID), PRIMARY KEY (itemID, fieldID)
);
CREATE TABLE creators (
  creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT, UNIQUE (lastName, firstName, fieldMode)
);
CREATE TABLE itemCreators (
  itemID INT NOT NULL REFERENCES items(itemID) ON DELETE CASCADE,
  creatorID INT NOT NULL REFERENCES creators(creatorID) ON DELETE CASCADE,
  creatorTypeID INT NOT NULL DEFAULT 1 REFERENCES creatorTypes(creatorTypeID), orderIndex INT NOT NULL DEFAULT 0,
  PRIMARY KEY (itemID, creatorID, creatorTypeID, orderIndex), UNIQUE (itemID, orderIndex)
);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE itemTags (
  itemID INT NOT NULL REFERENCES items(itemID) ON DELETE CASCADE, tagID INT NOT NULL REFERENCES tags(tagID) ON DELETE CASCADE,
  type INT NOT NULL, PRIMARY KEY (itemID, tagID)
);
CREATE TABLE collections (
  collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL,
  parentCollectionID INT DEFAULT NULL REFERENCES collections(collectionID) ON DELETE CASCADE,
  clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  libraryID INT NOT NULL REFERENCES libraries(libraryID) ON DELETE CASCADE, key TEXT NOT NULL,
  version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key)
);
CREATE TABLE collectionItems (
  collectionID INT NOT NULL REFERENCES collections(collectionID) ON DELETE CASCADE,
  itemID INT NOT NULL REFERENCES items(itemID) ON DELETE CASCADE, orderIndex INT NOT NULL DEFAULT 0,
  PRIMARY KEY (collectionID, itemID)
);
CREATE TABLE itemNotes (
  itemID INTEGER PRIMARY KEY REFERENCES items(itemID) ON DELETE CASCADE,
  parentItemID INT REFERENCES items(itemID) ON DELETE CASCADE, note TEXT, title TEXT
);
CREATE TABLE itemAttachments (
  itemID INTEGER PRIMARY KEY REFERENCES items(itemID) ON DELETE CASCADE,
  parentItemID INT REFERENCES items(itemID) ON DELETE CASCADE, linkMode INT, contentType TEXT, charsetID INT, path TEXT,
  syncState INT DEFAULT 0, storageModTime INT, storageHash TEXT
);
CREATE TABLE deletedItems (
  itemID INTEGER PRIMARY KEY REFERENCES items(itemID) ON DELETE CASCADE, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE relationPredicates (predicateID INTEGER PRIMARY KEY, predicate TEXT UNIQUE);
CREATE TABLE itemRelations (
  itemID INT NOT NULL REFERENCES items(itemID) ON DELETE CASCADE,
  predicateID INT NOT NULL REFERENCES relationPredicates(predicateID) ON DELETE CASCADE, object TEXT NOT NULL,
  PRIMARY KEY (itemID, predicateID, object)
);
"""
_FROM_ZOTERO_6 = """
ALTER TABLE itemAttachments ADD COLUMN lastProcessedModificationTime INT;
CREATE TABLE itemAnnotations (
  itemID INTEGER PRIMARY KEY REFERENCES items(itemID) ON DELETE CASCADE,
  parentItemID INT NOT NULL REFERENCES itemAttachments(itemID), type INTEGER NOT NULL, authorName TEXT, text TEXT,
  comment TEXT, color TEXT, pageLabel TEXT, sortIndex TEXT NOT NULL, position TEXT NOT NULL, isExternal INT NOT NULL
);
CREATE INDEX itemAnnotations_parentItemID ON itemAnnotations(parentItemID);
CREATE TABLE deletedCollections (
  collectionID INTEGER PRIMARY KEY REFERENCES collections(collectionID) ON DELETE CASCADE,
  dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL
);
"""
_FROM_ZOTERO_10 = """
ALTER TABLE itemAttachments ADD COLUMN lastRead INT;
ALTER TABLE itemDataValues ADD COLUMN valueNormalized TEXT;
ALTER TABLE creators ADD COLUMN firstNameNormalized TEXT;
ALTER TABLE creators ADD COLUMN lastNameNormalized TEXT;
ALTER TABLE tags ADD COLUMN nameNormalized TEXT;
ALTER TABLE items ADD COLUMN clientVersion INT NOT NULL DEFAULT 0;
ALTER TABLE itemAnnotations ADD COLUMN textNormalized TEXT;
ALTER TABLE itemAnnotations ADD COLUMN commentNormalized TEXT;
"""

ITEM_TYPES: Final = """
note book bookSection journalArticle magazineArticle newspaperArticle thesis letter manuscript interview film artwork webpage
attachment report bill case hearing patent statute email map blogPost instantMessage forumPost audioRecording presentation
videoRecording tvBroadcast radioBroadcast podcast computerProgram conferencePaper document encyclopediaArticle
dictionaryEntry annotation preprint dataset standard""".split()
BASE_FIELDS: Final = """
url rights series volume issue edition place publisher pages ISBN publicationTitle ISSN date section callNumber archiveLocation
extra journalAbbreviation DOI accessDate seriesTitle seriesNumber number language abstractNote title shortTitle numPages
archive libraryCatalog type medium authority status conferenceName numberOfVolumes version system scale meetingName
runningTime artworkSize country programmingLanguage history session codeNumber code filingDate applicationNumber committee
reporter priorityNumbers references originalDate legislativeBody""".split()
FIELDS_OF_TYPES: Final = {
    "publicationTitle": "bookSection:bookTitle conferencePaper:proceedingsTitle blogPost:blogTitle dictionaryEntry:dictionaryTitle"
    " encyclopediaArticle:encyclopediaTitle forumPost:forumTitle webpage:websiteTitle radioBroadcast:programTitle"
    " tvBroadcast:programTitle",
    "title": "case:caseName email:subject statute:nameOfAct",
    "date": "case:dateDecided patent:issueDate statute:dateEnacted",
    "publisher": "audioRecording:label computerProgram:company film:distributor videoRecording:studio report:institution"
    " thesis:university radioBroadcast:network tvBroadcast:network preprint:repository dataset:repository",
    "number": "bill:billNumber case:docketNumber hearing:documentNumber patent:patentNumber report:reportNumber"
    " statute:publicLawNumber podcast:episodeNumber preprint:archiveID dataset:identifier",
    "type": "letter:letterType manuscript:manuscriptType map:mapType report:reportType thesis:thesisType webpage:websiteType"
    " blogPost:websiteType forumPost:postType presentation:presentationType preprint:genre film:genre",
    "medium": "artwork:artworkMedium audioRecording:audioRecordingFormat interview:interviewMedium podcast:audioFileType"
    " film:videoRecordingFormat videoRecording:videoRecordingFormat",
    "volume": "case:reporterVolume bill:codeVolume",
    "pages": "case:firstPage bill:codePages",
    "authority": "case:court patent:issuingAuthority bill:legislativeBody",
    "status": "patent:legalStatus",
    "version": "computerProgram:versionNumber",
    "place": "dataset:repositoryLocation",
}
"""Base field -> TYPE:FIELD that stands for it there."""
CREATOR_TYPES: Final = """
author contributor editor translator seriesEditor interviewee interviewer director scriptwriter producer castMember sponsor
counsel inventor attorneyAgent recipient performer composer wordsBy cartographer programmer artist commenter presenter guest
podcaster reviewedAuthor cosponsor bookAuthor""".split()
PRIMARY: Final = {
    "artwork": "artist", "audioRecording": "performer", "bill": "sponsor", "computerProgram": "programmer", "film": "director",
    "hearing": "contributor", "interview": "interviewee", "map": "cartographer", "patent": "inventor", "podcast": "podcaster",
    "presentation": "presenter", "radioBroadcast": "director", "tvBroadcast": "director", "videoRecording": "director",
}  # fmt: skip
"""Type -> the creator type that is its author's; of all others it is `author`."""


def schema(version: int) -> str:
    """The tables of a database of this version of `userdata`."""
    parts = [_TYPES, _LIBRARIES, _ITEMS]
    parts += [_FROM_ZOTERO_6] if version >= ZOTERO_6 else []
    parts += [_FROM_ZOTERO_10] if version >= ZOTERO_10 else []
    return "".join(parts)


def type_fields() -> Iterator[tuple[str, str, str]]:
    """(base field, type, field that stands for it there)"""
    for base, pairs in FIELDS_OF_TYPES.items():
        for kind, _, field in (pair.partition(":") for pair in pairs.split()):
            yield base, kind, field


def fields(version: int) -> list[str]:
    """All fields that items of this version have."""
    native = ["citationKey"] if version >= ZOTERO_8 else []
    return list(dict.fromkeys([*BASE_FIELDS, *(field for *_, field in type_fields()), *native]))


def type_field(item_type: str, base: str) -> str:
    """What a base field is called in items of a type."""
    return next((field for of_base, kind, field in type_fields() if (of_base, kind) == (base, item_type)), base)
