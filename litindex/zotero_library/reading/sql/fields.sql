-- What a note may have taken of an item, each field called as its base field (bookTitle is a publicationTitle).
SELECT d.itemID, coalesce(b.fieldName, f.fieldName) AS field, v.value
FROM itemData d JOIN items i ON i.itemID = d.itemID
JOIN fields f ON f.fieldID = d.fieldID
JOIN itemDataValues v ON v.valueID = d.valueID
LEFT JOIN baseFieldMappings m ON m.itemTypeID = i.itemTypeID AND m.fieldID = d.fieldID
LEFT JOIN fields b ON b.fieldID = m.baseFieldID
WHERE coalesce(b.fieldName, f.fieldName) IN (
  'title', 'shortTitle', 'date', 'DOI', 'publicationTitle', 'journalAbbreviation', 'conferenceName', 'series', 'seriesTitle',
  'publisher', 'citationKey', 'extra')
