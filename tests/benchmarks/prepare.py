"""Fill the product's database: waves that are open, and as many personal links as asked for.

`python -m tests.benchmarks.prepare COUNT LONG` prints the tokens, one a line: COUNT of the shipped
survey, then LONG of a survey of 40 statements in 4 pages. It writes the invitations
in bulk: a benchmark needs thousands, and no mail.
"""

import datetime as dt
import sys

import django

if __name__ == "__main__":
    django.setup()

    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Organisation
    from surveys.domain.waves import prepare_wave
    from tests.benchmarks.links import open_with_links
    from tests.surveys.stories import version_of

    organisation = Organisation.objects.create(code="bench", name="Gemeente Meetstad")
    programme = Programme.objects.create(code="bench", name="Meting")
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="2026", **year)
    Participation.objects.create(cycle=cycle, organisation=organisation, reference="1")
    versions = {"Load": None, "Long": version_of(10, 10, 10, 10)}
    for (name, version), count in zip(versions.items(), sys.argv[1:], strict=True):
        wave = prepare_wave(
            cycle, name=name, last_day=dt.date(2099, 1, 1), by=None, version=version
        )
        tokens = open_with_links(wave, [organisation.pk], int(count))
        sys.stdout.write("".join(f"{token}\n" for token in tokens))
