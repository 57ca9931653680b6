// Dataview's reading of one page, without Obsidian: its inline-field importer on every line that is no list, its task fields on those
// that are, and the front matter. Bundled by peers.py: `expression/parse` is Dataview's own, out of its package.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { extractFullLineField, extractInlineFields, parseInlineValue } from "./src/data-import/inline-field";

const LIST = /^[\s>]*(\d+\.|\d+\)|\*|-|\+)\s*(\[.?\])?\s*(.*)$/u;

function read(path) {
  const text = readFileSync(path, "utf-8");
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const fields = front ? { ...parse(front[1]) } : {};
  const tasks = [];
  const add = (into, field) => (into[field.key] = [].concat(into[field.key] ?? [], plain(parseInlineValue(field.value))));
  for (const line of text.slice(front ? front[0].length : 0).split("\n")) {
    const item = LIST.exec(line);
    if (item && item[2]) {
      const task = { text: item[3] };
      for (const field of extractInlineFields(item[3], true)) add(task, field);
      tasks.push(task);
    } else if (line.length <= 32768 && line.includes("::")) {
      const inline = extractInlineFields(line.trim());
      const found = inline.length ? inline : [extractFullLineField(line.trim())].filter(Boolean);
      for (const field of found) add(fields, field);
    }
  }
  const body = text.slice(front ? front[0].length : 0);
  const links = [...body.matchAll(/\[\[([^\]|#]+)/g)].map(match => match[1]);
  return { fields, tasks, links };
}

/** Dates and links of Dataview as text. */
function plain(value) {
  if (value && typeof value.toISODate === "function") return value.toISODate();
  if (value && value.path !== undefined) return value.path;
  return Array.isArray(value) ? value.map(plain) : value;
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map(path => [path, read(path)]))));
