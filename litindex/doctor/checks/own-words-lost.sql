-- Words that you wrote are gone from a note that is still there.
-- severity: warning
-- why: A plugin that imports a note again may overwrite what you wrote in it, and two devices that sync may do so too.
-- mend: `litindex lost NOTE` prints the words as they were. A loss is told for 14 days; what is in the note again is none.
SELECT l.path, NULL AS line,
       printf('%,d characters that you wrote%s are gone since %s: litindex lost "%s" prints them', l.characters,
              iif(l.block IS NULL, '', ' in the persist block ' || l.block), strftime('%Y-%m-%d %H:%M', r.at, 'localtime'), l.path)
         AS message
FROM lost_texts l JOIN runs r ON r.id = l.run_id
JOIN notes n ON n.path = l.path JOIN note_texts t ON t.note_id = n.id
WHERE julianday(r.at) > julianday('now') - 14 AND instr(t.body, l.text) = 0 AND instr(t.own, l.text) = 0;
