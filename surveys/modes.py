"""The three modes of a wave in plain words: what a respondent is promised before they begin.

Each sentence is true of what the domain does (docs/privacy.md says how, and against whom).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import WaveMode

_KEPT: dict[str, str | Promise] = {
    WaveMode.BY_NAME: gettext_lazy(
        "By name: your answers are kept with your name, and the coordinator can read them."
    ),
    WaveMode.PSEUDONYMOUS: gettext_lazy(
        "Under a pseudonym: your answers are kept under a code instead of your name, so that they "
        "can be laid beside what you answer another time. Only the computer that sends the mail "
        "can work out which code is yours, and it shows that to nobody."
    ),
    WaveMode.ANONYMOUS: gettext_lazy(
        "Anonymous: when you submit, your answers are cut loose from your name. When the survey "
        "closes, what was not submitted is removed and the key that made your link is destroyed: "
        "after that nobody can find out which answers are yours."
    ),
}
_THANKS: dict[str, str | Promise] = {
    WaveMode.BY_NAME: gettext_lazy("They are kept with your name. You can close this page."),
    WaveMode.PSEUDONYMOUS: gettext_lazy(
        "They are kept under a code, without your name. You can close this page."
    ),
    WaveMode.ANONYMOUS: gettext_lazy(
        "They were cut loose from your name. You can close this page."
    ),
}
_FINAL: dict[str, str | Promise] = {
    WaveMode.BY_NAME: gettext_lazy("After submitting nothing can be changed."),
    WaveMode.PSEUDONYMOUS: gettext_lazy("After submitting nothing can be changed."),
    WaveMode.ANONYMOUS: gettext_lazy(
        "After submitting nothing can be changed: your answers are cut loose from your name then."
    ),
}


def promise(mode: str, *, minimum: int) -> str:
    """What is kept of a respondent, and what is shown of it: read before they begin."""
    return f"{_KEPT[mode]} {_shown(minimum)}"


def _shown(minimum: int) -> str:
    shown = _(
        "Numbers are shown only when at least %(minimum)d people are behind them; remarks are "
        "shown without your name and your organisation."
    )
    return shown % {"minimum": minimum}


def paper_promise(mode: str, *, minimum: int) -> str:
    """What is kept of an answer on paper: never a name, whatever the mode of the wave is."""
    kept = _(
        "Write no name on this paper. Somebody of the benchmark reads your answers and types them "
        "in; they are kept without a name, under your organisation, and marked as given on paper."
    )
    if mode == WaveMode.ANONYMOUS:
        taken = _(
            "When the survey closes, the organisation and the mark are taken away wherever too few "
            "people answered with them."
        )
        kept = f"{kept} {taken}"
    return f"{kept} {_shown(minimum)}"


def thanks_words(mode: str) -> str:
    """What became of the answers, once they were submitted."""
    return str(_THANKS[mode])


def final_words(mode: str) -> str:
    """What submitting means, read above the button."""
    return str(_FINAL[mode])
