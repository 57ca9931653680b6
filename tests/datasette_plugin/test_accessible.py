"""Pages as those use them who cannot see them or have no mouse: axe-core in a real browser, light and dark, and
on a phone."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path

import pytest

from litindex.datasette_plugin.html.templating import style
from tests.datasette_plugin.browser import CHROMIUM, browse
from tests.datasette_plugin.server import ROOT, Server
from tests.datasette_plugin.test_datasette import SHORES, TIDES

_FILE = Path("node_modules", "axe-core", "axe.min.js")
_PLACES = [Path(os.environ.get("LITINDEX_AXE", "")), *(folder / _FILE for folder in (ROOT, *ROOT.parents)), Path("/usr/lib") / _FILE]  # fmt: skip
AXE = next((place for place in _PLACES if place.is_file()), None)
"""`npm install axe-core`, in the project or above it, or LITINDEX_AXE."""

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.skipif(AXE is None, reason="no axe-core here"),
]
PAGES = {
    "library": "/",
    "works": "/library/-/works?tag=sea",
    "filters": "/library/-/works?form=1",
    "highlights": "/library/-/highlights",
    "tasks": "/library/-/tasks",
    "people": "/library/-/people",
    "person": "/library/-/person/Okafor%2C%20Ngozi",
    "tags": "/library/-/tags",
    "questions": "/library/-/questions",
    "question": "/library/-/question/highlights",
    "search": "/library/-/search?q=grammar&form=1",
    "work": TIDES,
    "note": SHORES,
    "tables": "/library",
    "table": "/library/works",
    "sql": "/library?sql=select+title+from+works",
    "wrong sql": "/library?sql=select+wrong",
    "missing": "/library/-/note/Nowhere",
}
_LOOK = """
<!DOCTYPE html><meta charset="utf-8"><title>axe</title><iframe width="1280" height="900"></iframe><pre></pre>
<script>
const pages = %s, axe = %s, found = {}, frame = document.querySelector("iframe");
const shown = text => new Promise(done => { frame.onload = done; frame.srcdoc = text; });
(async () => {
  for (const [name, text] of Object.entries(pages)) {
    await shown(text);
    frame.contentWindow.eval(axe);
    const result = await frame.contentWindow.axe.run(frame.contentDocument);
    found[name] = result.violations.filter(each => ["serious", "critical"].includes(each.impact))
      .map(each => `${each.id}: ${each.nodes[0].html}`);
    frame.width = 390;
    const width = frame.contentDocument.documentElement.scrollWidth;
    if (width > 390) found[name].push(`too wide for a phone: ${width}`);
    frame.width = 1280;
  }
  document.querySelector("pre").textContent = JSON.stringify(found);
})();
</script>
"""


def _alone(page: str, scheme: str) -> str:
    """The page with its styles in it and without its script."""
    sheets = "\n".join(style(name) for name in ("common.css", "page.css"))
    if scheme == "dark":
        sheets = sheets.replace("@media (prefers-color-scheme: dark)", "@media all")
    page = re.sub(r"<link rel=\"stylesheet\"[^>]*>|<script>.*?</script>", "", page, flags=re.DOTALL)
    return page.replace("</head>", f"<style>{sheets}</style></head>")


def _in_script(value: object) -> str:
    return json.dumps(value).replace("</", "<\\/")


def _violations(pages: dict[str, str], folder: Path) -> dict[str, list[str]]:
    assert AXE is not None
    look = folder / "look.html"
    look.write_text(_LOOK % (_in_script(pages), _in_script(AXE.read_text("utf-8"))), "utf-8")
    dom = browse(look.as_uri(), folder / "profile", "--virtual-time-budget=60000", "--dump-dom")
    shown = re.search(r"<pre>(.*?)</pre>", dom, re.DOTALL)
    assert shown
    found: dict[str, list[str]] = json.loads(html.unescape(shown[1]))
    return found


def test_axe_finds_what_is_wrong(tmp_path: Path) -> None:
    found = _violations({"bad": "<!DOCTYPE html><title>x</title><main><img src=x><button></button></main>"}, tmp_path)
    assert {each.partition(":")[0] for each in found["bad"]} >= {"image-alt", "button-name", "html-has-lang"}


def test_what_is_wider_than_a_phone_is_seen(tmp_path: Path) -> None:
    wide = '<!DOCTYPE html><html lang="en"><title>x</title><main><p style="width: 440px">x</p></main>'
    assert _violations({"wide": wide}, tmp_path)["wide"] == ["too wide for a phone: 448"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page_and_all_fit_a_phone(server: Server, tmp_path: Path, scheme: str) -> None:
    pages = {name: _alone(server.get(path).text, scheme) for name, path in PAGES.items()}
    assert _violations(pages, tmp_path) == {name: [] for name in PAGES}
