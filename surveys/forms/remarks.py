"""The coordinator's word on one remark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.remarks import read_themes, review_remark
from surveys.enums import LONGEST_REMARK
from surveys.models import Answer, RemarkReview, Wave


class RemarkForm(forms.Form):
    """What others may read of it, what it is about, and whether they may."""

    text = forms.CharField(
        label=_("As others will read it"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    themes = forms.CharField(label=_("Themes"), max_length=400, required=False)
    release = forms.ChoiceField(choices=[("yes", _("Release")), ("no", _("Keep back"))])

    def save(self, wave: Wave, answer_id: int, *, by: Any) -> RemarkReview:
        return review_remark(
            wave,
            answer_id=answer_id,
            text=self.cleaned_data["text"],
            themes=read_themes(self.cleaned_data["themes"]),
            release=self.cleaned_data["release"] == "yes",
            by=by,
        )


def remark_form(remark: Answer, data: Any = None) -> RemarkForm:
    """The form of a remark, filled with what was decided or with what was written."""
    review = getattr(remark, "review", None)
    initial = (
        {"text": review.text or remark.text, "themes": ", ".join(review.themes)}
        if review
        else {"text": remark.text}
    )
    return RemarkForm(data, initial=initial, auto_id=f"remark-{remark.pk}-%s")
