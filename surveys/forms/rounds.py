"""Forms of a round: what it is, whom to ask, what became of somebody; and a next guide."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from benchmarks.models import Cycle, Programme
from people.models import User
from surveys.domain.guides import make_guide
from surveys.domain.rounds import INTERVIEWER_ROLES, RoundPlan, change_round, prepare_round
from surveys.domain.sampling import LARGEST_SEED, draw_at_random, note_standing
from surveys.enums import REASONS, Standing, WhyDeclined, WhyNotApproached, WhyOutOfReach
from surveys.forms.waves import CycleField
from surveys.guides.spec import GuideSpec, TopicSpec
from surveys.interviewing.beforehand import FACTS
from surveys.models import Candidate, Draw, InterviewRound, TopicGuide
from surveys.round_queries import construct_names, newest_guides
from website.templatetags.benchlearn import in_language


class GuideField(forms.ModelChoiceField):
    """A guide by its name in the reader's language, and its version."""

    def label_from_instance(self, obj: Any) -> str:
        told = {"name": in_language(obj, "name"), "version": obj.version}
        return _("%(name)s, version %(version)d") % told


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RoundForm(forms.Form):
    """A round of interviews."""

    cycle = CycleField(Cycle.objects.none(), label=_("Round of the benchmark"), empty_label=None)
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("For instance: contact people, autumn 2026.")
    )
    guide = GuideField(TopicGuide.objects.none(), label=_("Topic guide"), empty_label=None)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=2000,
        widget=_area(),
        help_text=_("Respondents read this before they choose a time."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=_day())
    ends_on = forms.DateField(label=_("Last day"), widget=_day())
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=10, max_value=240, initial=60
    )
    is_recorded = forms.BooleanField(label=_("The talk is recorded"), required=False)
    shows_report = forms.BooleanField(
        label=_("Respondents see the report before it is used"),
        help_text=_("Whoever holds the interview sends it to them; Benchlearn doesn't."),
        required=False,
    )
    told = forms.CharField(
        label=_("What else respondents should know"),
        max_length=2000,
        required=False,
        widget=_area(),
    )
    independent_coding = forms.BooleanField(
        label=_("Two people code each interview, and who held it is not both"),
        required=False,
        initial=True,
    )
    interviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Interviewers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, programme: Programme, round: InterviewRound | None = None, **kwargs: Any
    ) -> None:
        if round is not None:
            kwargs["initial"] = _initial_of(round)
        super().__init__(*args, **kwargs)
        self.round = round
        guides = newest_guides(programme)
        if round is not None:
            del self.fields["cycle"]
            known = [*guides.values_list("pk", flat=True), round.guide_id]
            guides = TopicGuide.objects.filter(pk__in=known)
        else:
            self.fields["cycle"].queryset = programme.cycles.order_by("-starts_on")  # type: ignore[attr-defined]
        self.fields["guide"].queryset = guides  # type: ignore[attr-defined]
        able = User.objects.filter(
            appointments__programme=programme, appointments__role__in=INTERVIEWER_ROLES
        )
        self.fields["interviewers"].queryset = able.distinct()  # type: ignore[attr-defined]

    def save(self, *, by: Any) -> InterviewRound:
        data = dict(self.cleaned_data)
        cycle = data.pop("cycle", None)
        plan = RoundPlan(**data | {"interviewers": tuple(data["interviewers"])})
        if self.round is not None:
            return change_round(self.round, plan=plan, by=by)
        return prepare_round(cycle, plan=plan, by=by)


def _initial_of(round: InterviewRound) -> dict[str, Any]:
    names = [name for name in RoundForm.base_fields if name not in ("cycle", "interviewers")]
    return {name: getattr(round, name) for name in names} | {
        "interviewers": list(round.interviewers.all())
    }


class DrawForm(forms.Form):
    """Draw at random."""

    each = forms.IntegerField(
        label=_("How many from each group"), min_value=1, max_value=1000, initial=1
    )
    by_size = forms.BooleanField(label=_("A group for each size class"), required=False)
    by_region = forms.BooleanField(label=_("A group for each region"), required=False)
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=LARGEST_SEED,
        required=False,
        help_text=_("Leave it empty to have one chosen; it is kept, so that a draw can be redone."),
    )

    def save(self, round: InterviewRound, *, by: Any) -> Draw:
        return draw_at_random(round, by=by, **self.cleaned_data)


class StandingForm(forms.Form):
    """What became of somebody, and why."""

    standing = forms.ChoiceField(label=_("How far is it?"), choices=Standing.choices)
    reason = forms.ChoiceField(
        label=_("Why"),
        required=False,
        choices=[
            ("", _("not needed")),
            (Standing.OUT_OF_REACH.label, WhyOutOfReach.choices),
            (Standing.NOT_APPROACHED.label, WhyNotApproached.choices),
            (Standing.DECLINED.label, WhyDeclined.choices),
        ],
        help_text=_(
            "Needed for who can't be reached, was not approached or declined; left out otherwise."
        ),
    )

    def __init__(self, candidate: Candidate, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"standing": candidate.standing, "reason": candidate.reason}
        super().__init__(*args, **kwargs)
        self.candidate = candidate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        whys = REASONS.get(data.get("standing", ""))
        if whys is not None and data.get("reason") not in whys.values:
            self.add_error("reason", _("Choose one of the reasons that belong to it."))
        return data

    def save(self, *, by: Any) -> Candidate:
        return note_standing(self.candidate, by=by, **self.cleaned_data)


class GuideForm(forms.Form):
    """A next version of a guide, without its topics."""

    name = forms.CharField(label=_("Name, in Dutch"), max_length=120)
    name_en = forms.CharField(label=_("Name, in English"), max_length=120, required=False)
    opening = forms.CharField(
        label=_("Opening, in Dutch"), max_length=4000, required=False, widget=_area(4)
    )
    opening_en = forms.CharField(
        label=_("Opening, in English"), max_length=4000, required=False, widget=_area(4)
    )
    closing = forms.CharField(
        label=_("Closing, in Dutch"), max_length=4000, required=False, widget=_area(4)
    )
    closing_en = forms.CharField(
        label=_("Closing, in English"), max_length=4000, required=False, widget=_area(4)
    )
    beforehand = forms.MultipleChoiceField(
        label=_("What to know beforehand about the organisation"),
        choices=[(name, label) for name, (label, _read) in FACTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def save(self, guide: TopicGuide, topics: Any, *, by: Any) -> TopicGuide:
        spec = GuideSpec(
            code=guide.code,
            topics=topics.specs(),
            **self.cleaned_data | {"beforehand": tuple(self.cleaned_data["beforehand"])},
        )
        return make_guide(guide.programme, spec=spec, by=by)


class TopicForm(forms.Form):
    """One topic. `code` is how files name it; a new topic gets one from its question."""

    code = forms.SlugField(required=False, widget=forms.HiddenInput)
    question = forms.CharField(label=_("Question, in Dutch"), max_length=300)
    question_en = forms.CharField(label=_("Question, in English"), max_length=300, required=False)
    probes = forms.CharField(
        label=_("Keywords to probe with, in Dutch"),
        max_length=2000,
        required=False,
        widget=_area(),
        help_text=_("One on a line."),
    )
    probes_en = forms.CharField(
        label=_("Keywords to probe with, in English"),
        max_length=2000,
        required=False,
        widget=_area(),
        help_text=_("One on a line."),
    )
    construct = forms.ChoiceField(label=_("Informs the variable"), required=False)

    def __init__(self, *args: Any, constructs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["construct"].choices = [("", _("none")), *constructs]  # type: ignore[attr-defined]

    def spec(self) -> TopicSpec:
        data = self.cleaned_data
        return TopicSpec(
            code=data["code"] or slugify(data["question"])[:60],
            question=data["question"],
            question_en=data["question_en"],
            probes=_words(data["probes"]),
            probes_en=_words(data["probes_en"]),
            construct=data["construct"],
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


class BaseTopics(forms.BaseFormSet):
    """The topics of a guide, in the order that the coordinator gave them."""

    def specs(self) -> tuple[TopicSpec, ...]:
        """The topics that stay, in order."""
        return tuple(form.spec() for form in self.ordered_forms if form.cleaned_data)


TopicFormSet = forms.formset_factory(
    TopicForm, formset=BaseTopics, extra=1, can_order=True, can_delete=True, max_num=40
)


def topics_form(guide: TopicGuide, data: Any = None) -> Any:
    """The topics of a guide to be changed."""
    english = get_language() == "en"
    constructs = sorted(construct_names(guide.programme, english=english).items())
    rows = guide.topics.values(
        "code", "question", "question_en", "probes", "probes_en", "construct"
    )
    return TopicFormSet(
        data, initial=list(rows), prefix="topic", form_kwargs={"constructs": constructs}
    )
