-- Collections as paths; one in the trash holds nothing.
WITH RECURSIVE paths(collectionID, path) AS (
  SELECT collectionID, collectionName FROM collections
  WHERE parentCollectionID IS NULL AND collectionID NOT IN (SELECT collectionID FROM deletedCollections)
  UNION ALL
  SELECT c.collectionID, p.path || '/' || c.collectionName
  FROM collections c JOIN paths p ON p.collectionID = c.parentCollectionID
  WHERE c.collectionID NOT IN (SELECT collectionID FROM deletedCollections)
)
SELECT ci.itemID, p.path FROM collectionItems ci JOIN paths p ON p.collectionID = ci.collectionID ORDER BY ci.itemID, p.path
