"""The HTML of a backtest as a browser shows it: it works, offline, in light and dark, and nothing
that a post holds runs, loads or steers."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import browser  # noqa: E402

MODCORE = os.environ["MODCORE"]
RULES = """modcore: 1
rules:
  - {id: spam.casino, category: spam, phrases: [online casino], verdict: hide}
  - {id: spam.offer, category: spam, words: [offer, casino], verdict: flag}
  - {id: harassment.fool, category: harassment, words: [fool], verdict: escalate}
  - {id: spam.silent, category: spam, words: [neverwritten], verdict: flag}
"""
HOSTILE = [
    "online casino <script>document.title = 'run'</script>",
    "online casino </script><script>document.title = 'run'</script>",
    "online casino <img src=x onerror=\"document.title = 'run'\">",
    "\"><svg onload=document.title='run'> online casino",
    "' onmouseover=document.title='run' x=' online casino",
    "online casino <iframe src=https://example.org></iframe><base href=https://example.org>",
    "online casino \u202e desrever \u2066 \x1b[31m \x00 end",
    "online casino <link rel=stylesheet href=//example.org/a.css><style>*{display:none}</style>",
]

# The contrast of every text with what lies behind it.
CONTRAST = """(() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return {rgb: m.slice(0, 3), a: m[3] ?? 1}; };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a > .99) return c.rgb; }
    return [255, 255, 255]; };
  const poor = []; let looked = 0;
  for (const details of document.querySelectorAll("details")) details.open = true;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest("svg") || e.closest("script,style,.skip")) continue;
    const style = getComputedStyle(e);
    const a = light(parse(style.color).rgb), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    looked += 1;
    if (ratio < 4.5) poor.push([e.className, e.tagName, walk.currentNode.data.trim().slice(0, 30), ratio.toFixed(2)]);
  }
  return {looked, poor: [...new Map(poor.map((p) => [p[0] + p[1], p])).values()]};
})()"""


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = Path(cls.folder.name)
        (folder / "x.rules.yaml").write_text(RULES)
        posts = [{"id": f"h{i}", "body": text, "label": 0, "title": text} for i, text in enumerate(HOSTILE)]
        posts += [{"body": f"an online casino {i}", "label": 1} for i in range(40)]
        posts += [{"body": f"a good offer {i}", "label": 1} for i in range(9)]
        posts += [{"body": f"roses {i}", "label": i % 2} for i in range(50)]
        posts += [{"body": f"you fool {i}", "label": 1, "category": "harassment"} for i in range(5)]
        (folder / "posts.ndjson").write_text("".join(json.dumps(p) + "\n" for p in posts))
        cls.page = folder / "report.html"
        subprocess.run([MODCORE, "backtest", "-r", folder / "x.rules.yaml", "-c", folder / "posts.ndjson",
                        "--max-hits", "hide=0", "--examples", "200", "--output", f"html={cls.page}"], check=False)
        cls.browser = browser.Browser()
        cls.browser.open(cls.page.as_uri())

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def ask(self, expression):
        return self.browser.evaluate(expression)

    def rules_shown(self):
        return self.ask("[...document.querySelectorAll('.rule')].filter((r) => !r.hidden).map((r) => r.dataset.name)")

    def reset(self):
        self.ask("""(() => { search.value = ''; category.value = '';
          for (const b of document.querySelectorAll('[data-filter][aria-pressed=true]')) b.click();
          search.dispatchEvent(new Event('input')); })()""")

    def test_only_its_own_script_may_run(self):
        html = self.page.read_text()
        scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        self.assertEqual(len(scripts), 1)
        digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
        self.assertIn(f"script-src 'sha256-{digest}'", html)

    def test_nothing_that_a_post_holds_runs_or_loads(self):
        self.assertEqual(self.ask("document.title"), "Backtest of your rules")
        self.assertEqual(self.ask("document.querySelectorAll('img,iframe,base,link,object,embed,form').length"), 0)
        self.assertEqual(self.ask("document.querySelectorAll('script,style').length"), 2)
        self.assertEqual(self.ask("[...document.querySelectorAll('*')].filter((e) => "
                                  "[...e.attributes].some((a) => a.name.startsWith('on'))).length"), 0)
        text = self.ask("[...document.querySelectorAll('.post p')].map((p) => p.textContent).join('\\n')")
        for part in ("<script>document.title = 'run'</script>", "onerror=\"document.title", "U+202E", "U+001B"):
            self.assertIn(part, text)
        self.assertNotIn("\u202e", text)
        urls = {e["params"]["request"]["url"] for e in self.browser.named("Network.requestWillBeSent")}
        self.assertEqual(urls, {self.page.as_uri()})

    def test_the_console_stays_empty(self):
        said = self.browser.named("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        self.assertEqual(said, [])

    def test_search_and_filters(self):
        self.assertEqual(self.rules_shown(), ["spam.offer", "spam.casino", "harassment.fool"])
        self.assertEqual(self.ask("count.textContent"), "3 rules")
        self.ask("search.value = 'FOOL'; search.dispatchEvent(new Event('input'))")
        self.assertEqual(self.rules_shown(), ["harassment.fool"])
        self.assertEqual(self.ask("count.textContent"), "1 rule")
        self.ask("search.value = 'good offer 3'; search.dispatchEvent(new Event('input'))")
        self.assertEqual(self.rules_shown(), ["spam.offer"])
        self.assertEqual(self.ask("[...document.querySelectorAll('.rule:not([hidden]) .post')].filter((p) => !p.hidden).length"), 1)
        self.reset()
        self.ask("category.value = 'harassment'; category.dispatchEvent(new Event('change'))")
        self.assertEqual(self.rules_shown(), ["harassment.fool"])
        self.reset()
        self.ask("document.querySelector('[data-filter=mistakes]').click()")
        self.assertEqual(self.rules_shown(), ["spam.offer", "spam.casino"])
        self.ask("document.querySelector('[data-filter=hide]').click()")
        self.assertEqual(self.rules_shown(), ["spam.casino"])
        self.reset()
        self.assertEqual(len(self.rules_shown()), 3)

    def test_what_matched_is_marked(self):
        marks = self.ask("[...document.querySelectorAll('#rule-spam\\\\.casino mark')].map((m) => m.textContent)")
        self.assertIn("online casino", marks)
        self.assertGreater(len(marks), 10)

    def test_a_link_to_a_rule_opens_it(self):
        self.ask("for (const d of document.querySelectorAll('details')) d.open = false; location.hash = '#rule-harassment.fool'")
        self.browser.evaluate("new Promise((done) => setTimeout(done, 200))")
        self.browser.call("Runtime.evaluate", expression="new Promise((d) => setTimeout(d, 300))", awaitPromise=True)
        self.assertTrue(self.ask("document.querySelector('#rule-harassment\\\\.fool details').open"))

    def test_it_can_be_read_without_seeing_it(self):
        self.assertEqual(self.ask("document.documentElement.lang"), "en")
        self.assertEqual(self.ask("document.querySelectorAll('h1').length"), 1)
        self.assertGreater(self.ask("document.querySelectorAll('svg').length"), 8)
        self.assertEqual(self.ask("document.querySelectorAll('svg:not([role=img][aria-label])').length"), 0)
        self.assertEqual(self.ask("document.querySelectorAll('input:not([aria-label]),select:not([aria-label])').length"), 0)
        self.assertEqual(self.ask("document.querySelectorAll('section:not([aria-labelledby])').length"), 0)

    def test_light_and_dark_can_both_be_read(self):
        shots = []
        for scheme in ("light", "dark"):
            self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            contrast = self.ask(CONTRAST)
            self.assertGreater(contrast["looked"], 100)
            self.assertEqual(contrast["poor"], [], scheme)
            shots.append(base64.b64decode(self.browser.call("Page.captureScreenshot")["data"]))
            self.assertGreater(len(shots[-1]), 20_000)
        self.assertNotEqual(shots[0], shots[1])
        before = self.ask("getComputedStyle(document.body).backgroundColor")
        self.ask("theme.click()")
        self.assertNotEqual(self.ask("getComputedStyle(document.body).backgroundColor"), before)

    def test_it_fits_a_telephone(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=375, height=700, deviceScaleFactor=1, mobile=True)
        self.assertLessEqual(self.ask("document.documentElement.scrollWidth"), 376)
        self.browser.call("Emulation.clearDeviceMetricsOverride")


if __name__ == "__main__":
    if not browser.find():
        print("SKIPPED: no chromium on this machine; the report was looked at by nobody", file=sys.stderr)
        sys.exit(77)
    unittest.main()
