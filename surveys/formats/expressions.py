"""Conditions of XLSForm and LimeSurvey, read into ours. A small grammar; what it can't say is said.

    either := both ("or" both)*      both := one ("and" one)*
    one := "not" one | "(" either ")" | test | "1" | "true()"

Both sides of a test may be an item and a value. The result is in conjunctive form: groups, of each
of which one test must hold.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from surveys.enums import Comparison
from surveys.specs import Conditions, ConditionSpec

MOST_GROUPS = 32
TOKEN = re.compile(
    r"""\s*(?:
    (?P<item>\$\{[^{}]{1,80}\}|[A-Za-z][A-Za-z0-9_]*(?:\.(?:NAOK|shown|value|valueNAOK|code))\b)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<number>-?\d+(?:\.\d+)?)
    |(?P<call>selected|is_empty|not|count-selected|true|false)(?=\s*\()
    |(?P<word>and|or|eq|ne|ge|le|gt|lt|not)\b
    |(?P<sign>==|!=|>=|<=|&&|\|\||[=<>!(),.])
    |(?P<name>[A-Za-z][A-Za-z0-9_]*)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
SAME = {"==": "=", "eq": "=", "ne": "!=", "ge": ">=", "le": "<=", "gt": ">", "lt": "<"}
SWAPPED = {"=": "=", "!=": "!=", ">=": "<=", "<=": ">=", ">": "<", "<": ">"}
OPPOSITE = {"=": "!=", "!=": "=", ">=": "<", "<=": ">", ">": "<=", "<": ">="}


class CantSay(Exception):
    """The expression says something that our conditions can't."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def read_expression(source: str, value_of: Callable[[str, str], str]) -> Conditions:
    """Our conditions for an expression; `value_of(item, code)` gives the value of an option.

    Raises CantSay for anything else than comparisons of items with values, put together by
    "and", "or" and "not".
    """
    parser = _Parser(_tokens(source), value_of)
    groups = parser.either(False)
    if parser.left:
        raise CantSay(source)
    return groups


def _tokens(source: str) -> list[Token]:
    if len(source) > 2000:
        raise CantSay(source[:80])
    found, place, source = [], 0, source.strip()
    while place < len(source):
        match = TOKEN.match(source, place)
        if match is None:
            raise CantSay(source)
        kind = str(match.lastgroup)
        text = match[kind]
        if kind in ("word", "sign", "call"):
            text = {"&&": "and", "||": "or", "!": "not"}.get(text, text.lower())
        found.append(Token(kind, text))
        place = match.end()
    return found


def _both(first: Conditions, second: Conditions) -> Conditions:
    joined = tuple(dict.fromkeys(first + second))
    if len(joined) > MOST_GROUPS:
        raise CantSay("too long")
    return joined


def _either(first: Conditions, second: Conditions) -> Conditions:
    """Distribute: (a and b) or c is (a or c) and (b or c). Always true is no group at all."""
    if len(first) * len(second) > MOST_GROUPS:
        raise CantSay("too long")
    return tuple(tuple(dict.fromkeys(one + two)) for one in first for two in second)


class _Parser:
    def __init__(self, tokens: list[Token], value_of: Callable[[str, str], str]) -> None:
        self.left = tokens
        self.value_of = value_of
        self.depth = 0

    def _next_is(self, *texts: str) -> bool:
        return bool(self.left) and self.left[0].kind != "text" and self.left[0].text in texts

    def _take(self, *texts: str) -> Token:
        if not self.left or (texts and not self._next_is(*texts)):
            raise CantSay("unexpected end or sign")
        return self.left.pop(0)

    def either(self, negated: bool) -> Conditions:
        self.depth += 1
        if self.depth > 40:
            raise CantSay("too deep")
        found = self.both(negated)
        while self._next_is("or"):
            self._take()
            join = _both if negated else _either
            found = join(found, self.both(negated))
        self.depth -= 1
        return found

    def both(self, negated: bool) -> Conditions:
        found = self.one(negated)
        while self._next_is("and"):
            self._take()
            join = _either if negated else _both
            found = join(found, self.one(negated))
        return found

    def one(self, negated: bool) -> Conditions:
        self.depth += 1
        if self.depth > 60:
            raise CantSay("too deep")
        try:
            if self._next_is("not"):
                self._take()
                return self.one(not negated)
            if self._next_is("("):
                self._take()
                inner = self.either(negated)
                self._take(")")
                return inner
            if self._next_is("selected", "is_empty", "true"):
                return self._call(negated)
            return self._comparison(negated)
        finally:
            self.depth -= 1

    def _call(self, negated: bool) -> Conditions:
        name = self._take().text
        self._take("(")
        if name == "true":
            self._take(")")
            return self._always(negated)
        item = self._item(self._take())
        if name == "is_empty":
            self._take(")")
            return self._test(item, "!=" if negated else "=", "")
        self._take(",")
        value = self._value(self._take())
        self._take(")")
        return self._test(item, "!=" if negated else "=", value)

    def _always(self, negated: bool) -> Conditions:
        if negated:
            raise CantSay("never")
        return ()

    def _comparison(self, negated: bool) -> Conditions:
        first = self._take()
        if not self._next_is("=", "!=", ">=", "<=", ">", "<", *SAME):
            if first == Token("number", "1"):
                return self._always(negated)
            raise CantSay(first.text)
        sign = self._take().text
        sign, second = SAME.get(sign, sign), self._take()
        if first.kind not in ("item", "name"):
            first, second, sign = second, first, SWAPPED[sign]
        if negated:
            sign = OPPOSITE[sign]
        return self._test(self._item(first), sign, self._value(second))

    def _item(self, token: Token) -> str:
        if token.kind not in ("item", "name"):
            raise CantSay(token.text)
        return re.sub(r"^\$\{\s*|\s*\}$|\.\w+$", "", token.text)

    def _value(self, token: Token) -> str:
        if token.kind not in ("text", "number"):
            raise CantSay(token.text)
        return token.text.strip("\"'")

    def _test(self, item: str, sign: str, value: str) -> Conditions:
        if value == "":
            if sign not in ("=", "!="):
                raise CantSay(sign)
            test = Comparison.IS_OPEN if sign == "=" else Comparison.ANSWERED
            return ((ConditionSpec(item, test),),)
        if value == "na" and sign in ("=", "!="):
            if sign == "!=":
                raise CantSay("not na")
            return ((ConditionSpec(item, Comparison.NOT_APPLICABLE),),)
        values = (self.value_of(item, value),)
        if sign == "=":
            return ((ConditionSpec(item, Comparison.IS, values),),)
        differs = (ConditionSpec(item, Comparison.IS_NOT, values),)
        if sign == "!=":  # in those systems an open answer differs from every value
            return ((*differs, ConditionSpec(item, Comparison.IS_OPEN)),)
        test = Comparison.AT_LEAST if sign in (">", ">=") else Comparison.AT_MOST
        within = (ConditionSpec(item, test, values),)
        return (within, differs) if sign in (">", "<") else (within,)


def write_expression(
    conditions: Conditions, reference: Callable[[str], str], code_of: Callable[[str, str], str]
) -> str:
    """Our conditions in the grammar of XLSForm; "" when there are none."""
    groups = []
    for group in conditions:
        tests = [_written(test, reference(test.item), code_of) for test in group]
        either = " or ".join(tests)
        groups.append(f"({either})" if len(tests) > 1 and len(conditions) > 1 else either)
    return " and ".join(groups)


def _written(test: ConditionSpec, item: str, code_of: Callable[[str, str], str]) -> str:
    if test.test in (Comparison.ANSWERED, Comparison.IS_OPEN):
        return f"{item} {'!=' if test.test == Comparison.ANSWERED else '='} ''"
    if test.test == Comparison.NOT_APPLICABLE:
        return f"{item} = 'na'"
    values = [code_of(test.item, value) for value in test.values]
    if test.test in (Comparison.AT_LEAST, Comparison.AT_MOST):
        return f"{item} {'>=' if test.test == Comparison.AT_LEAST else '<='} {values[0]}"
    if test.test == Comparison.IS:
        tests = " or ".join(f"{item} = '{value}'" for value in values)
    else:
        tests = " and ".join([f"{item} != '{value}'" for value in values] + [f"{item} != ''"])
    return f"({tests})" if len(values) > 1 or test.test == Comparison.IS_NOT else tests
