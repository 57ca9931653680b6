-- Colours and what they mean
-- How often each highlight colour is used; its meaning is yours to give: [colors] yellow = "claim" in litindex.toml.
SELECT an.color_name AS color, an.color AS hex,
       (SELECT m.value FROM meta, json_each(meta.value, '$.colors') m
        WHERE meta.key = 'settings' AND lower(m.key) IN (an.color_name, an.color)) AS meaning,
       count(*) AS highlights, count(DISTINCT an.note_id) AS notes, sum(an.comment IS NOT NULL) AS with_comment
FROM annotations an NOT INDEXED
GROUP BY an.color_name, an.color
ORDER BY highlights DESC, color, hex;
