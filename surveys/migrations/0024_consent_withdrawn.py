from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0023_references_of_answers")]
    operations = [
        migrations.AddField(
            model_name="interview",
            name="recording_withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        )
    ]
