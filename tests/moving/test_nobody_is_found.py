"""In the file of a programme no anonymous answer leads to a person."""

import pytest

from benchmarks.domain.moving import export_programme
from surveys.domain.waves import close_wave
from surveys.models import Invitation, Response
from tests.moving.stories import lines_of, manifest_of, parts_of
from tests.surveys.stories import TODAY, answer_all, fresh, opened_wave, tokens_of

pytestmark = pytest.mark.django_db
VALUES = [5, 1, 4, 2, 3, 1]


def answered(file, values, *, mode="anonymous"):
    """A closed wave in which six people answered, in the order of `values`; its file, and all that
    leads to a person: links, and what recognises them."""
    wave = opened_wave(sizes=(6,), mode=mode)
    tokens = tokens_of(wave)
    secrets = [*tokens, *Invitation.objects.filter(wave=wave).values_list("nonce", flat=True)]
    secrets += Invitation.objects.filter(wave=wave).values_list("token_digest", flat=True)
    for token, value in zip(tokens, values, strict=True):
        answer_all(token, value, remark=f"Cijfer {value}.")
    close_wave(fresh(wave), by=None, on=TODAY)
    export_programme(wave.cycle.programme, file, private=True)
    return wave, secrets


def test_the_order_of_answers_tells_nothing_of_the_order_of_answering(tmp_path):
    answered(tmp_path / "a.zip", VALUES)
    answered(tmp_path / "b.zip", VALUES[::-1])
    one, other = parts_of(tmp_path / "a.zip"), parts_of(tmp_path / "b.zip")
    for kind in ("surveys.Response", "surveys.Answer"):
        assert one[f"records/{kind}.jsonl"] == other[f"records/{kind}.jsonl"]
    row = lines_of(tmp_path / "a.zip", "surveys.Response")[0]
    assert row["invitation"] is None and row["pseudonym"] == "" and row["minutes"] is None
    assert not row.keys() & {"begun", "draft_digest", "created_at"}


@pytest.mark.parametrize("mode", ["anonymous", "pseudonymous"])
def test_no_link_key_or_pseudonym_of_the_installation_is_in_it(tmp_path, mode):
    wave, secrets = answered(tmp_path / "a.zip", VALUES, mode=mode)
    told = b"\n".join(parts_of(tmp_path / "a.zip").values())
    secrets += [p for p in Response.objects.values_list("pseudonym", flat=True) if p]
    secrets += [str(key) for key in Response.objects.values_list("pk", flat=True)]
    assert len(secrets) >= 24
    for each in secrets:
        assert each.encode() not in told
    assert (
        not {"created_at", "modified_at"}
        & lines_of(tmp_path / "a.zip", "surveys.Invitation")[0].keys()
    )
    assert wave.name.encode() in told


def test_an_open_wave_stays_behind_and_the_file_says_so(tmp_path):
    wave = opened_wave(sizes=(2,))
    answer_all(tokens_of(wave)[0])
    export_programme(wave.cycle.programme, tmp_path / "a.zip", private=True)
    manifest = manifest_of(parts_of(tmp_path / "a.zip"))
    for kind in ("surveys.Wave", "surveys.Invitation", "surveys.Response", "surveys.Answer"):
        assert manifest["records"][kind] == 0 and manifest["left_out"][kind] > 0
