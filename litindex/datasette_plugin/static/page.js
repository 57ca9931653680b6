const box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !box) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  event.preventDefault();
  box.focus();
});
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async event => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.dataset.copy);
      link.dataset.copied = "";
      setTimeout(() => delete link.dataset.copied, 1500);
    } catch {
      location.href = link.href;
    }
  });
}
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const field of document.querySelectorAll("input[data-narrow]")) {
  const rows = [...document.querySelectorAll(field.dataset.narrow)].map(row => [row, folded(row.textContent)]);
  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/);
    for (const [row, text] of rows) row.hidden = !words.every(word => text.includes(word));
  });
}
