from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_sign_in_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="size_class",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "unknown"),
                    ("under_20000", "under 20,000"),
                    ("20000_50000", "20,000 to 50,000"),
                    ("50000_100000", "50,000 to 100,000"),
                    ("100000_250000", "100,000 to 250,000"),
                    ("over_250000", "250,000 and more"),
                ],
                default="",
                help_text="one of these classes, or a programme's own as its files spell it",
                max_length=40,
            ),
        ),
    ]
