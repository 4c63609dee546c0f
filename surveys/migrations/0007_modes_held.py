"""Last step: the database holds what a draft and a response may be tied to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0006_ties_under_the_link")]

    operations = [
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("draft_digest__isnull", False),
                        ("invitation__isnull", True),
                        ("pseudonym", ""),
                        ("state", "draft"),
                        ("submitted_on__isnull", True),
                    ),
                    models.Q(
                        ("draft_digest__isnull", True),
                        ("state", "submitted"),
                        ("submitted_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="response_draft_or_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pseudonym", ""), _negated=True),
                fields=("wave", "pseudonym"),
                name="pseudonym_once_a_wave",
            ),
        ),
    ]
