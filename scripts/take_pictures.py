"""Take the pictures of the main pages for docs/pictures, from a running demonstration.

`make demo` in one window, then `.venv/bin/python scripts/take_pictures.py` in another (names of
pictures behind it take only those). Each page is taken on a telephone (390 px) and a desk (1280 px)
unless it says otherwise, in Dutch and English, and named after page, language and width. They are
WebP, small enough to be committed. The report has to have been made (`benchlearn report demo`).
"""

import argparse
import io
import re
import shutil
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs/pictures"
WIDTHS = {390: 844, 1280: 900}
LANGUAGES = ("nl", "en")
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
QUALITY = 55  # of 100: letters stay sharp, and a page takes some 30 KB
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@dataclass(frozen=True)
class Picture:
    """A page: its name, who looks at it, how to get there from an address, and how wide.

    `follow` are patterns of links, by address or by words; the first that fits is followed.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()
    widths: tuple[int, ...] = (390, 1280)

    def files(self) -> list[str]:
        """The names of its pictures."""
        return [
            f"{self.name}-{language}-{width}.webp"
            for language in LANGUAGES
            for width in self.widths
        ]


DESK = (1280,)
CIRCLES, CIRCLE = "/programmes/demo/circles/", r"^Korter wachten$"
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
    Picture("circle", "facilitator", CIRCLES, (CIRCLE,)),
    Picture("session", "facilitator", CIRCLES, (CIRCLE, r"bijeenkomst 7$")),
    Picture("prepare", "facilitator", CIRCLES, (CIRCLE, r"bijeenkomst 7$", r"/prepare/$")),
    Picture("talk", "facilitator", "/interviews/", (r"^/interviews/\d+/$",)),
    Picture("thread", "participant", "/practices/", (r"^/practices/\d+/$", r"^/thread/")),
    Picture("interviews", "coordinator", "/programmes/demo/interviews/", (r"/interviews/\d+/$",)),
    Picture("follow-up", "management", "/programmes/demo/follow-up/"),
    Picture("question", "participant", "/now/", (r"^/s/", r"^/s/[^/]+/\d+/$"), (390,)),
    Picture("our-figures", "participant", "/programmes/demo/figures/", widths=DESK),
    Picture("charter", "management", "/programmes/demo/charter/", widths=DESK),
    Picture("decision", "management", "/now/", (r"^/actions/\d+/",), DESK),
    Picture("people", "coordinator", "/programmes/demo/people/", widths=DESK),
    Picture("live", "facilitator", CIRCLES, (CIRCLE, r"bijeenkomst 5$", r"/live/$"), DESK),
    Picture("plan", "evaluator", "/programmes/demo/plan/", widths=DESK),
    Picture("findings", "evaluator", "/programmes/demo/report/findings/", widths=DESK),
    Picture("audit", "administrator", "/audit/", widths=DESK),
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


def go(page: Page, base: str, picture: Picture, language: str) -> None:
    """Open the page; a link that is not there stops the run with a sentence."""
    page.goto(base + picture.path)
    for pattern in picture.follow:
        links = page.eval_on_selector_all(
            "main a[href]",
            "links => links.map(link => [link.getAttribute('href'), link.textContent.trim()])",
        )
        fits = (
            href for href, words in links if re.search(pattern, href) or re.search(pattern, words)
        )
        href = next(fits, None)
        if href is None:
            sys.exit(f"{picture.name}: no link on {page.url} fits {pattern}")
        page.goto(base + href)
        speak(page, language)  # a survey speaks the language of its link


def keep(screen: bytes, file: Path) -> None:
    """Write what the browser drew, small."""
    Image.open(io.BytesIO(screen)).convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
    print(file.name)


def take(page: Page, base: str, pictures: list[Picture], language: str, width: int) -> None:
    """Pictures of one role at one width, in one language."""
    page.goto(base + ("/now/" if pictures[0].role else "/"))
    speak(page, language)
    for picture in pictures:
        go(page, base, picture, language)
        keep(page.screenshot(), PICTURES / f"{picture.name}-{language}-{width}.webp")


def take_all(browser: Browser, base: str, password: str, wanted: list[Picture]) -> None:
    """Each role signs in once a width and language; Dutch last, as the demonstration began."""
    roles = dict.fromkeys(picture.role for picture in wanted)
    for role, width, language in product(roles, WIDTHS, reversed(LANGUAGES)):
        pictures = [p for p in wanted if p.role == role and width in p.widths]
        if pictures:
            screen = {"width": width, "height": WIDTHS[width]}
            page = browser.new_context(viewport=screen, locale=LOCALES[language]).new_page()
            if role:
                sign_in(page, base, role, password)
            take(page, base, pictures, language, width)
            page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--password", default="samen-leren-2026")
    parser.add_argument("names", nargs="*", help="only these pictures; else all")
    options = parser.parse_args()
    wanted = [p for p in SHOWN if not options.names or p.name in options.names]
    chromium = shutil.which("chromium") or sys.exit("Chromium is missing: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        take_all(browser, options.base, options.password, wanted)
        browser.close()


if __name__ == "__main__":
    main()
