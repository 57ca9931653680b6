-- Annotations of the documents of an item, without what is in the trash.
SELECT d.parentItemID AS itemID, i.key, a.type, a.text, a.comment, a.color, i.dateAdded, i.dateModified
FROM itemAnnotations a JOIN items i ON i.itemID = a.itemID
JOIN itemAttachments d ON d.itemID = a.parentItemID
WHERE d.parentItemID IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM deletedItems x WHERE x.itemID IN (a.itemID, d.itemID))
ORDER BY d.parentItemID, a.sortIndex, i.key
