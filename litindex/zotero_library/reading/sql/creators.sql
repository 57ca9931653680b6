-- Creators in their order; fieldMode 1 is a name in one piece.
SELECT ic.itemID, t.creatorType, c.lastName, CASE c.fieldMode WHEN 1 THEN '' ELSE c.firstName END AS firstName,
       coalesce(p.primaryField, 0) AS is_primary
FROM itemCreators ic JOIN items i ON i.itemID = ic.itemID
JOIN creators c ON c.creatorID = ic.creatorID
JOIN creatorTypes t ON t.creatorTypeID = ic.creatorTypeID
LEFT JOIN itemTypeCreatorTypes p ON p.itemTypeID = i.itemTypeID AND p.creatorTypeID = ic.creatorTypeID
ORDER BY ic.itemID, ic.orderIndex
