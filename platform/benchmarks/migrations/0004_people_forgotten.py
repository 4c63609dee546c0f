from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benchmarks", "0003_figures_and_charter")]
    operations = [
        migrations.AddField(
            model_name="programme",
            name="people_forgotten_on",
            field=models.DateField(blank=True, editable=False, null=True),
        )
    ]
