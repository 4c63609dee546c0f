"""Second step: drafts and used links are found by digests of the link, as in surveys/domain/links.py.

What was promised stays promised: waves so far cut answers loose, and are called anonymous now.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from django.db import migrations


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _token(wave, invitation):
    code = hmac.digest(bytes.fromhex(wave.link_key), bytes.fromhex(invitation.nonce), "sha256")
    return urlsafe_b64encode(code[:24]).decode()


def tie_by_digest(apps, schema_editor):
    Wave = apps.get_model("surveys", "Wave")
    Response = apps.get_model("surveys", "Response")
    UsedLink = apps.get_model("surveys", "UsedLink")
    Wave.objects.filter(mode="untraceable").update(mode="anonymous")
    for draft in Response.objects.filter(state="draft").select_related("wave", "invitation"):
        token = _token(draft.wave, draft.invitation)
        draft.draft_digest, draft.invitation = _digest(f"draft:{token}"), None
        draft.save()
    for wave in Wave.objects.filter(state="open"):
        answered = wave.invitations.filter(state="answered")
        tokens = [_token(wave, invitation) for invitation in answered]
        UsedLink.objects.bulk_create(
            UsedLink(wave=wave, digest=_digest(f"used:{token}")) for token in tokens
        )
        answered.update(state="open")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_modes")]

    operations = [migrations.RunPython(tie_by_digest, migrations.RunPython.noop)]
