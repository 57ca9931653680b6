-- Items that are works, those in the trash too.
SELECT i.itemID, i.libraryID, i.key, t.typeName, i.dateModified,
       EXISTS (SELECT 1 FROM deletedItems d WHERE d.itemID = i.itemID) AS is_trashed
FROM items i JOIN itemTypes t ON t.itemTypeID = i.itemTypeID
WHERE t.typeName NOT IN ('attachment', 'note', 'annotation')
