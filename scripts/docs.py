"""Build the documentation into var/site, and look at what was built: `make docs`.

Sphinx itself stops at a page that no other leads to, a link to no page or heading, and a picture
that isn't there. What it doesn't look at is looked at here, in the pages as a browser gets them:
that every address leads somewhere within the site, and that nothing is fetched from elsewhere.
"""

import re
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "var" / "site"
PAGES = ROOT / "var" / "site-pages"
FETCHED_CSS = re.compile(r"(?:url\(|@import\s+)[\"']?(?:https?:)?//", re.IGNORECASE)
FETCHED_JS = re.compile(r"(?:fetch|import|importScripts)\(\s*[\"'`](?:https?:)?//")
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "srcset", "link": "href"}
ONLY_NAMES = {"canonical", "license", "search", "index", "next", "prev"}
"""Links of a head that say what is where, and load nothing."""


class PageError(Exception):
    """The documentation can't be built; the message is what Sphinx says."""


class Page(HTMLParser):
    """What a page loads, where it leads to, and which places it has."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.leads_to: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.places |= {told[name] for name in ("id", "name") if name in told}
        if tag == "a" and "href" in told:
            self.leads_to.append(told["href"])
        if tag in LOADS and LOADS[tag] in told and told.get("rel", "") not in ONLY_NAMES:
            self.loads.append(told[LOADS[tag]])


def build() -> None:
    """Make the site; PageError with every warning when there is one."""
    for folder in (SITE, PAGES):  # what was built before may hold pages that are gone
        shutil.rmtree(folder, ignore_errors=True)
    words = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(PAGES), "docs", str(SITE)]
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "sphinx-build", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PageError(done.stdout + done.stderr)


@cache
def read(file: Path) -> Page:
    page = Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def missing(file: Path, address: str) -> str:
    """Why an address in this page leads nowhere; empty when it leads somewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if not target.is_file():
        return f"{address}: no such page or file"
    if parts.fragment and target.suffix == ".html":
        place = unquote(parts.fragment)
        if place not in read(target).places:
            return f"{address}: no such place on the page"
    return ""


def faults(site: Path) -> list[str]:
    """What is wrong with the pages, scripts and styles of a built site."""
    found = []
    for file in sorted(site.rglob("*.html")):
        page = read(file)
        told = [missing(file, address) for address in page.leads_to + page.loads]
        told += [f"loads {each} from elsewhere" for each in page.loads if is_elsewhere(each)]
        found += [f"{file.relative_to(site)}: {each}" for each in told if each]
    for suffix, fetched in ((".css", FETCHED_CSS), (".js", FETCHED_JS)):
        for file in sorted(site.rglob(f"*{suffix}")):
            if fetched.search(file.read_text(encoding="utf-8")):
                found.append(f"{file.relative_to(site)}: fetches from elsewhere")
    return found


def check() -> str:
    """Build it and say what is wrong; empty when all is well."""
    try:
        build()
    except PageError as error:
        return str(error)
    return "\n".join(faults(SITE))


if __name__ == "__main__":
    told = check()
    print(told or f"The documentation is in {SITE.relative_to(ROOT)}/index.html")
    sys.exit(1 if told else 0)
