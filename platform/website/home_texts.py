"""The words that the home page starts with, in each language. Editors change them in the CMS."""

from typing import Any

type Texts = dict[str, Any]


def _phase(name: str, question: str, text: str) -> tuple[str, dict[str, str]]:
    return "phase", {"name": name, "question": question, "text": text}


def _point(title: str, text: str) -> tuple[str, dict[str, str]]:
    return "point", {"title": title, "text": text}


DUTCH: Texts = {
    "title": "Van cijfers naar actie",
    "heading": "Een benchmark waar u iets van leert",
    "lead": (
        "Gemeenten leggen hun cijfers naast elkaar, lezen ze, en dan gebeurt er vaak weinig. "
        "Benchlearn houdt de draad vast: van een cijfer dat opvalt, via het gesprek erover, naar "
        "wat iemand doet, en naar het cijfer een ronde later."
    ),
    "story_title": "Drie fasen, één draad",
    "story": [
        _phase(
            "Verkennen",
            "Wat valt op?",
            "De cijfers komen binnen. Een kort belevingsonderzoek en interviews laten zien hoe "
            "mensen de benchmark ervaren en waarom er wel of niet van wordt geleerd.",
        ),
        _phase(
            "Leren",
            "Wat zit erachter?",
            "In duidingsgesprekken lezen organisaties de cijfers samen. Leerkringen gaan met een "
            "thema verder. Wat de moeite waard is, wordt een signaal.",
        ),
        _phase(
            "Verbeteren",
            "Wat gaan we doen?",
            "Uit signalen komen acties, met een naam en een datum. Het management ziet wat er van "
            "terechtkomt, en de volgende cijfers laten zien wat er is veranderd.",
        ),
    ],
    "for_whom_title": "Is het iets voor ons?",
    "for_whom": [
        _point(
            "Voor gemeenten en samenwerkingsverbanden",
            "Voor wie al cijfers vergelijkt, of dat gaat doen, en wil dat er iets mee gebeurt. "
            "Welke cijfers u vergelijkt, bepaalt u samen.",
        ),
        _point(
            "De cijfers blijven van u",
            "Vooraf spreekt u af wie wat te zien krijgt. Andere deelnemers zien niet wat van u "
            "is, tenzij u dat wilt.",
        ),
        _point(
            "Niemand is herkenbaar",
            "Achter elk getal uit het belevingsonderzoek staan ten minste vijf mensen. Leren en "
            "afrekenen blijven gescheiden.",
        ),
        _point(
            "U ziet of het helpt",
            "Het leereffectrapport zegt of de benchmark tot verbetering leidde, hoe zeker dat is, "
            "en waar elk getal vandaan komt.",
        ),
    ],
    "examples_title": "Twee onderzoeken om in te lezen",
    "examples_text": (
        "Twee onderzoeken naar Nederlandse benchmarks zijn hier nagerekend uit hun eigen gegevens. "
        "Lees hun leereffectrapport, en kijk bij elk getal waar het vandaan komt."
    ),
}

ENGLISH: Texts = {
    "title": "From figures to action",
    "heading": "A benchmark that you learn from",
    "lead": (
        "Municipalities lay their figures side by side, read them, and then little happens. "
        "Benchlearn keeps hold of the thread: from a figure that stands out, through the talk "
        "about it, to what somebody does, and to the same figure a round later."
    ),
    "story_title": "Three phases, one thread",
    "story": [
        _phase(
            "Benchmarking",
            "What stands out?",
            "The figures come in. A short perception survey and interviews show how people "
            "experience the benchmark, and why it is or isn't learned from.",
        ),
        _phase(
            "Benchlearning",
            "What lies behind it?",
            "In interpretation sessions organisations read the figures together. Learning circles "
            "go further into a theme. What is worth pursuing becomes a signal.",
        ),
        _phase(
            "Benchaction",
            "What will we do?",
            "Signals become actions, each with a name and a date. Management sees what comes of "
            "them, and the next figures show what has changed.",
        ),
    ],
    "for_whom_title": "Is it for us?",
    "for_whom": [
        _point(
            "For municipalities and partnerships",
            "For whoever compares figures already, or is about to, and wants something to come of "
            "it. Which figures are compared is decided together.",
        ),
        _point(
            "The figures stay yours",
            "What becomes visible to whom is agreed beforehand. Other participants don't see "
            "what is yours, unless you want them to.",
        ),
        _point(
            "Nobody can be recognised",
            "At least five people stand behind each number from the perception survey. Learning "
            "and being held to account are kept apart.",
        ),
        _point(
            "You see whether it helps",
            "The learning-effect report says whether the benchmark led to improvement, how sure "
            "that is, and where each number comes from.",
        ),
    ],
    "examples_title": "Two studies to read",
    "examples_text": (
        "Two studies of Dutch benchmarks have been computed again here from their own data. Read "
        "their learning-effect report, and see with each number where it comes from."
    ),
}

TEXTS: dict[str, Texts] = {"nl": DUTCH, "en": ENGLISH}
