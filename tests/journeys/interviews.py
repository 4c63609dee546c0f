"""`python -m tests.journeys.interviews LANGUAGE`: a round in which people were asked, in the world
of the site; prints the links of two of them, and who interviews and who coordinates."""

import datetime as dt
import json
import sys

import django


def lay(language: str) -> dict[str, str]:
    """Make the round; "link", "other_link", "interviewer" and "coordinator"."""
    from django.conf import settings
    from django.utils import timezone

    from benchmarks.models import Programme
    from people.models import User
    from surveys.domain.codings import make_codebook
    from surveys.domain.interview_mails import token_of_candidate
    from tests import factories as make
    from tests.surveys.coding.stories import VARIABLES
    from tests.surveys.interviews.stories import Asked

    for maker in (make.UserFactory, make.OrganisationFactory, make.ProgrammeFactory):
        maker.reset_sequence(1000 * (1 + Programme.objects.count()), force=True)
    today = timezone.localdate()
    plan = {"starts_on": today, "ends_on": today + dt.timedelta(days=21), "is_recorded": True}
    scene = Asked(towns=2, plan=plan)
    make_codebook(scene.programme, variables=VARIABLES)
    User.objects.filter(pk__in=[scene.ida.pk, scene.cleo.pk]).update(language=language)
    scene.asked.candidates.update(language=language)
    scene.asked.interviewers.set([scene.ida])
    tokens = [token_of_candidate(one, scene.asked) for one in scene.people[:2]]
    first, second = (f"{settings.BASE_URL}/i/{token}/" for token in tokens)
    return {
        "link": first,
        "other_link": second,
        "interviewer": scene.ida.email,
        "coordinator": scene.cleo.email,
        "round": f"/programmes/{scene.programme.code}/interviews/{scene.asked.pk}/",
    }


def main() -> None:
    django.setup()
    print(json.dumps(lay(sys.argv[1])))


if __name__ == "__main__":
    main()
