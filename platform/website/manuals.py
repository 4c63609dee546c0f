"""The manuals: docs/manual/<language>/<name>.md, shown by the product itself.

The same files are pages of the documentation, which reads Markdown with the same parser. A section
(a heading of the second level) names the pages that it is about in a comment below its heading:

    ## Follow the response
    <!-- pages: wave waves -->
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks.models import Appointment
from people.enums import Role
from people.models import MembershipRole

ACCOUNT, RESPONDENT = "account", "respondent"
NAMES = (
    str(Role.COORDINATOR.value),
    str(Role.FACILITATOR.value),
    str(Role.EVALUATOR.value),
    str(Role.MANAGEMENT.value),
    str(Role.PARTICIPANT.value),
    str(Role.ADMINISTRATOR.value),
    RESPONDENT,
    ACCOUNT,
)
"""Each role has a manual, the weightiest first; so have respondents, and everyone's account."""
DOES_ALSO = {str(Role.COORDINATOR.value): str(Role.FACILITATOR.value)}
"""Who may do all that another role does, and so is helped by its manual too."""

PAGES = re.compile(r"<!-- pages: ([a-z0-9_ ]+) -->\s*")
READER = MarkdownIt("commonmark").enable("table")


class ManualError(Exception):
    """A manual that can't be shown as it is written; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a manual: its place in the page, its heading, and which pages it is about."""

    anchor: str
    title: str
    pages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual in one language. `html` begins below the title."""

    name: str
    title: str
    html: str
    sections: tuple[Section, ...]

    def anchor_of(self, page: str) -> str:
        """Where it speaks of a page (a URL name); empty where it doesn't."""
        return next((each.anchor for each in self.sections if page in each.pages), "")


@cache
def manual(name: str, language: str) -> Manual:
    """The manual of this name; KeyError where there is none."""
    if name not in NAMES:
        raise KeyError(name)
    file = settings.MANUALS / language / f"{name}.md"
    tokens = READER.parse(file.read_text(encoding="utf-8"))
    sections = tuple(_sections(tokens, str(file)))
    for token in tokens:
        for inner in token.children or ():
            _lead_home(inner, str(file))
    shown = [token for token in tokens[3:] if token.type != "html_block"]
    html = READER.renderer.render(shown, READER.options, {})
    return Manual(name, tokens[1].content, html, sections)


def manuals(language: str) -> list[Manual]:
    """All of them, in the order in which they are listed."""
    return [manual(name, language) for name in NAMES]


def _sections(tokens: list[Token], file: str) -> Iterable[Section]:
    """The sections of a manual; each heading gets its anchor."""
    for at, token in enumerate(tokens):
        if token.type == "html_block" and not PAGES.fullmatch(token.content):
            raise ManualError(f"{file}: {token.content}")
        if token.type == "heading_open" and token.tag == "h2":
            title = tokens[at + 1].content
            anchor = slugify(title, allow_unicode=True)
            token.attrSet("id", anchor)
            told = PAGES.fullmatch(tokens[at + 3].content) if len(tokens) > at + 3 else None
            yield Section(anchor, title, frozenset(told.group(1).split() if told else ()))


def _lead_home(token: Token, file: str) -> None:
    """Make a link to another manual, or a picture, an address of the product."""
    if token.type == "image":
        token.attrSet("src", static(f"pictures/{PurePosixPath(str(token.attrs['src'])).name}"))
        token.attrSet("loading", "lazy")
        token.attrSet("class", "bl-manual__picture")
    elif token.type == "link_open":
        path, mark, anchor = str(token.attrs["href"]).partition("#")
        if path and (not path.endswith(".md") or path[:-3] not in NAMES):
            raise ManualError(f"{file}: a link to {path}, which the product doesn't show")
        token.attrSet("href", (reverse("manual", args=[path[:-3]]) if path else "") + mark + anchor)


def roles_of(user: Any) -> list[str]:
    """The roles that somebody holds anywhere, in the order of NAMES."""
    if not user.is_authenticated:
        return []
    held = {str(Role.ADMINISTRATOR.value)} if user.is_superuser else set()
    held.update(Appointment.objects.filter(user=user).values_list("role", flat=True))
    memberships = MembershipRole.objects.filter(membership__user=user, membership__left_on=None)
    held.update(memberships.values_list("role", flat=True))
    return [name for name in NAMES if name in held]


def way_to(page: str, roles: list[str], language: str) -> tuple[str, str]:
    """Name and anchor of what tells about a page: in a manual of one's own role if that does,
    else in what is for everyone; else the manual of one's role from its beginning, if any."""
    also = [DOES_ALSO[role] for role in roles if role in DOES_ALSO]
    for name in [*roles, *also, ACCOUNT, RESPONDENT]:
        anchor = manual(name, language).anchor_of(page)
        if anchor:
            return name, anchor
    return (roles[0], "") if roles else ("", "")
