"""Take the pictures of the main pages for docs/pictures, from a running demonstration.

`make demo` in one window, then `.venv/bin/python scripts/take_pictures.py` in another. Each page is
taken on a telephone (390 px) and a desk (1280 px), in Dutch and English, and named after page,
language and width. The report has to have been made (`benchlearn report demo`).
"""

import argparse
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs/pictures"
WIDTHS = {390: 844, 1280: 900}
LANGUAGES = ("nl", "en")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@dataclass(frozen=True)
class Picture:
    """A page: its name, who looks at it, and how to get there from an address.

    `follow` is a pattern of links; each is followed once, the first link that fits.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()


SHOWN = (
    Picture("home", "", "/"),
    Picture("sign-in", "", "/account/login/"),
    Picture("report", "", "/programmes/workfirst-2007/report/"),
    Picture("now", "participant", "/now/"),
    Picture("my-actions", "participant", "/actions/"),
    Picture("survey", "participant", "/now/", (r"^/s/",)),
    Picture("programme", "coordinator", "/programmes/demo/"),
    Picture("participation", "coordinator", "/programmes/demo/participation/"),
    Picture("wave", "coordinator", "/programmes/demo/waves/", (r"/waves/\d+/$",)),
    Picture("results", "coordinator", "/programmes/demo/waves/", (r"/waves/\d+/results/$",)),
    Picture("circle", "facilitator", "/programmes/demo/circles/", (r"/circles/\d+/$",)),
    Picture(
        "session",
        "facilitator",
        "/programmes/demo/circles/",
        (r"/circles/\d+/$", r"/sessions/\d+/$"),
    ),
    Picture(
        "prepare",
        "facilitator",
        "/programmes/demo/circles/",
        (r"/circles/\d+/$", r"/sessions/\d+/$", r"/prepare/$"),
    ),
    Picture("talk", "facilitator", "/interviews/", (r"^/interviews/\d+/$",)),
    Picture("thread", "participant", "/practices/", (r"^/practices/\d+/$", r"^/thread/")),
    Picture("interviews", "coordinator", "/programmes/demo/interviews/", (r"/interviews/\d+/$",)),
    Picture("follow-up", "management", "/programmes/demo/follow-up/"),
)


def sign_in(page: Page, base: str, role: str, password: str) -> None:
    """Sign in as one of the people of the demonstration."""
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", f"{role}@demo.benchlearn.invalid")
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/now/")


def speak(page: Page, language: str) -> None:
    """Switch the page's language with the button that everyone has."""
    if page.evaluate("document.documentElement.lang") != language:
        page.click(".bl-language button")
        page.locator(f"html[lang={language}]").wait_for(state="attached")


def go(page: Page, base: str, picture: Picture) -> None:
    """Open the page; a link that is not there stops the run with a sentence."""
    page.goto(base + picture.path)
    for pattern in picture.follow:
        hrefs = page.eval_on_selector_all(
            "main a[href]", "links => links.map(link => link.getAttribute('href'))"
        )
        href = next((href for href in hrefs if re.search(pattern, href)), None)
        if href is None:
            sys.exit(f"{picture.name}: no link on {page.url} fits {pattern}")
        page.goto(base + href)


def take(browser: Browser, base: str, password: str, role: str, width: int) -> None:
    """All pictures of one role at one width, in each language."""
    page = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}).new_page()
    if role:
        sign_in(page, base, role, password)
    for language in LANGUAGES:
        page.goto(base + ("/now/" if role else "/"))
        speak(page, language)
        for picture in (shown for shown in SHOWN if shown.role == role):
            go(page, base, picture)
            file = PICTURES / f"{picture.name}-{language}-{width}.png"
            page.screenshot(path=file)
            print(file.name)
    if role:
        page.goto(f"{base}/now/")
        speak(page, "nl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--password", default="samen-leren-2026")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or sys.exit("Chromium is missing: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for role in dict.fromkeys(picture.role for picture in SHOWN):
            for width in WIDTHS:
                take(browser, options.base, options.password, role, width)
        browser.close()


if __name__ == "__main__":
    main()
