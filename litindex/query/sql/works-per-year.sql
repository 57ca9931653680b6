-- Works per year
-- How many works of each year you have, and how many of them you have read.
SELECT year, count(*) AS works, sum(read_status IS 'read' OR date_read IS NOT NULL) AS read, sum(read_status IS 'unread') AS unread
FROM works
GROUP BY year
ORDER BY year DESC;
