-- Libraries: one's own, and groups; feeds are no library.
SELECT l.libraryID, CASE l.type WHEN 'group' THEN 'groups/' || g.groupID ELSE 'library' END AS library
FROM libraries l LEFT JOIN groups g ON g.libraryID = l.libraryID
WHERE l.type IN ('user', 'group')
