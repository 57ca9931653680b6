-- Which item took the place of which, when duplicates were merged.
SELECT r.itemID, r.object FROM itemRelations r JOIN relationPredicates p ON p.predicateID = r.predicateID
WHERE p.predicate = 'dc:replaces'
