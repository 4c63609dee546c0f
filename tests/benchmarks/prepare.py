"""Fill the product's database: a wave that is open, and as many personal links as asked for.

`python -m tests.benchmarks.prepare COUNT` prints the tokens, one a line. It writes the invitations
in bulk: a benchmark needs thousands, and no mail.
"""

import datetime as dt
import sys

import django

if __name__ == "__main__":
    django.setup()

    from benchmarks.models import Cycle, Participation, Programme
    from people.models import Organisation
    from surveys.domain.links import digest_of, key_of, make_token
    from surveys.domain.waves import prepare_wave
    from surveys.models import Invitation, Wave
    from surveys.models.waves import new_nonce

    organisation = Organisation.objects.create(code="bench", name="Gemeente Meetstad")
    programme = Programme.objects.create(code="bench", name="Meting")
    year = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    cycle = Cycle.objects.create(programme=programme, name="2026", **year)
    Participation.objects.create(cycle=cycle, organisation=organisation, reference="1")
    wave = prepare_wave(cycle, name="Load", last_day=dt.date(2099, 1, 1), by=None)
    Wave.objects.filter(pk=wave.pk).update(state="open", opened_on=dt.date(2026, 1, 1))
    nonces = [new_nonce() for _ in range(int(sys.argv[1]))]
    key = key_of(wave)
    tokens = [make_token(key, nonce) for nonce in nonces]
    Invitation.objects.bulk_create(
        (
            Invitation(
                wave=wave,
                organisation=organisation,
                name="Respondent",
                email=f"{index}@example.org",
                nonce=nonce,
                token_digest=digest_of(token),
            )
            for index, (nonce, token) in enumerate(zip(nonces, tokens, strict=True))
        ),
        batch_size=500,
    )
    sys.stdout.write("\n".join(tokens))
