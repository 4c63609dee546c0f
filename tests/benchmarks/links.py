"""Personal links in bulk: a benchmark needs thousands, and no mail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any


def open_with_links(wave: Any, organisations: Sequence[int], count: int) -> list[str]:
    """Open a wave for so many people, spread over organisations (ids); the tokens of the links."""
    from surveys.domain.links import digest_of, key_of, make_token
    from surveys.models import Invitation, Wave
    from surveys.models.waves import new_nonce

    Wave.objects.filter(pk=wave.pk).update(state="open", opened_on=dt.date(2026, 1, 1))
    nonces, key = [new_nonce() for _ in range(count)], key_of(wave)
    tokens = [make_token(key, nonce) for nonce in nonces]
    Invitation.objects.bulk_create(
        (
            Invitation(
                wave=wave,
                organisation_id=organisations[index % len(organisations)],
                name="Respondent",
                email=f"{index}@example.org",
                nonce=nonce,
                token_digest=digest_of(token),
            )
            for index, (nonce, token) in enumerate(zip(nonces, tokens, strict=True))
        ),
        batch_size=500,
    )
    return tokens
