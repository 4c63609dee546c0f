"""Loading the demonstration programme: everything or nothing, and a second time changes nothing."""

from django.db import transaction
from django.utils import timezone

from benchmarks.domain.programmes import make_programme
from benchmarks.enums import ProgrammeKind
from benchmarks.models import Figure, Programme
from config.demo.codings import make_codings
from config.demo.figures import make_figures, make_indicators
from config.demo.interviews import make_interviews
from config.demo.meetings import make_meetings
from config.demo.members import make_members, make_sign_ins
from config.demo.organisations import make_organisations
from config.demo.people import DOMAIN
from config.demo.practices import make_practices
from config.demo.programme import make_charter, make_cycles, make_participations
from config.demo.promises import make_promises
from config.demo.records import make_records
from config.demo.rounds import make_round
from config.demo.scene import Scene
from config.demo.waves import make_waves
from core.models import MailState, OutboxMail
from evaluation.domain.runs import request_run
from learningcircles.domain.groups import count_group
from learningcircles.models import Action, Circle, Session, Signal
from people.enums import Role
from surveys.models import Coding, Interview, Response, Wave

CODE = "demo"


def load_demo() -> dict[str, int]:
    """Make the demonstration programme if it isn't there; how many records of each kind it has.

    What visitors changed in it since stays as they left it.
    """
    with transaction.atomic():
        programme = Programme.objects.filter(code=CODE).first()
        if programme is None:
            programme = _make()
    return counts_of(programme)


def _make() -> Programme:
    scene = Scene(
        make_programme(
            CODE,
            name="Benchmark Schuldhulp",
            name_en="Debt Help Benchmark",
            purpose=(
                "Twaalf deelnemers vergelijken hoe zij inwoners met schulden helpen, en leren "
                "van elkaar wat werkt."
            ),
            purpose_en=(
                "Twelve participants compare how they help residents with debts, and learn from "
                "one another what works."
            ),
            kind=ProgrammeKind.INVENTED,
        )
    )
    for make in (
        make_organisations,
        make_sign_ins,
        make_members,
        make_cycles,
        make_participations,
        make_charter,
        make_indicators,
        make_figures,
        make_waves,
        make_meetings,
        make_promises,
        make_practices,
        make_records,
        make_codings,
        make_interviews,
        make_round,
    ):
        make(scene)
    _keep_mail_inside(scene)
    count_group(scene.programme, timezone.localdate())
    request_run(scene.programme, actor=scene.users[Role.EVALUATOR])
    return scene.programme


def _keep_mail_inside(scene: Scene) -> None:
    """Nobody behind these addresses exists: only the mail to who can sign in is delivered."""
    reachable = [user.email for user in scene.users.values()]
    waiting = OutboxMail.objects.filter(state=MailState.WAITING, to__endswith=f"@{DOMAIN}")
    waiting.exclude(to__in=reachable).update(state=MailState.CANCELLED, body="", attachment="")


def counts_of(programme: Programme) -> dict[str, int]:
    """How many records of each kind there are."""
    newest = programme.cycles.order_by("starts_on").last()
    responses = Response.objects.filter(wave__cycle__programme=programme, state="submitted")
    return {
        "organisations": newest.participations.count() if newest else 0,
        "cycles": programme.cycles.count(),
        "indicators": programme.indicators.count(),
        "figures": Figure.objects.filter(indicator__programme=programme).count(),
        "waves": Wave.objects.filter(cycle__programme=programme).count(),
        "responses": responses.count(),
        "circles": Circle.objects.filter(programme=programme).count(),
        "sessions": Session.objects.filter(programme=programme).count(),
        "signals": Signal.objects.filter(session__programme=programme).count(),
        "interviews": Interview.objects.filter(round__cycle__programme=programme).count(),
        "codings": Coding.objects.filter(cycle__programme=programme).count(),
        "actions": Action.objects.filter(programme=programme).count(),
    }
