from django.db import migrations, models

from core.audit_guard import guard, unguard


def let_the_database_refuse(apps, schema_editor):
    guard(schema_editor.connection)


def let_it_be(apps, schema_editor):
    unguard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_pulse"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.BigIntegerField(blank=True, null=True)),
                ("verb", models.CharField(max_length=40)),
                ("target", models.CharField(db_index=True, max_length=80)),
                ("scope", models.CharField(blank=True, db_index=True, max_length=40)),
                ("details", models.JSONField(blank=True, default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunPython(let_the_database_refuse, let_it_be),
    ]
