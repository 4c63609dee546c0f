import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def split(apps, schema_editor):
    """Numerator and denominator get a field each; without a slash all of it is the numerator."""
    definitions = apps.get_model("benchmarks", "IndicatorDefinition").objects
    for definition in definitions.exclude(numerator_and_denominator=""):
        parts = definition.numerator_and_denominator.partition(" / ")
        definition.numerator, definition.denominator = parts[0].strip(), parts[2].strip()
        definition.save(update_fields=["numerator", "denominator"])


def join(apps, schema_editor):
    """And back."""
    for definition in apps.get_model("benchmarks", "IndicatorDefinition").objects.exclude(
        numerator=""
    ):
        parts = filter(None, (definition.numerator, definition.denominator))
        definition.numerator_and_denominator = " / ".join(parts)
        definition.save(update_fields=["numerator_and_denominator"])


class Migration(migrations.Migration):
    dependencies = [
        ("benchmarks", "0002_study_source_in_english"),
        ("people", "0002_sign_in_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Charter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("ownership", models.TextField(verbose_name="who owns the figures")),
                (
                    "visibility",
                    models.TextField(verbose_name="what becomes visible to whom, and when"),
                ),
                (
                    "coordinator_sees",
                    models.BooleanField(
                        default=True,
                        verbose_name="the coordinator sees the figures of each organisation",
                    ),
                ),
                (
                    "facilitator_sees",
                    models.BooleanField(
                        default=True,
                        verbose_name="the facilitators see the figures of each organisation",
                    ),
                ),
                (
                    "evaluator_sees",
                    models.BooleanField(
                        default=True,
                        verbose_name="the evaluators see the figures of each organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "-version"],
            },
        ),
        migrations.CreateModel(
            name="CharterConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField()),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["charter", "organisation__name"],
            },
        ),
        migrations.CreateModel(
            name="ChosenGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="FigureImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("file_name", models.CharField(max_length=120)),
                ("rows", models.JSONField(default=list)),
                ("summary", models.JSONField(default=dict)),
                ("warnings", models.JSONField(default=list)),
                ("stored_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="comparable",
            field=models.BooleanField(
                default=True,
                verbose_name="its figures may be compared with those of the version before",
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="denominator",
            field=models.CharField(blank=True, max_length=300, verbose_name="denominator"),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="denominator_en",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="denominator in English"
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="highest",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=14,
                null=True,
                verbose_name="highest possible value",
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="lowest",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                max_digits=14,
                null=True,
                verbose_name="lowest possible value",
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="numerator",
            field=models.CharField(blank=True, max_length=300, verbose_name="numerator"),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="numerator_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="numerator in English"),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why this version"),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="settled_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="supplied_by",
            field=models.CharField(
                choices=[
                    ("organisation", "the organisation itself"),
                    ("coordinator", "the coordinator, from a source elsewhere"),
                ],
                default="organisation",
                max_length=12,
                verbose_name="who supplies it",
            ),
        ),
        migrations.AddField(
            model_name="indicatordefinition",
            name="unit_en",
            field=models.CharField(blank=True, max_length=40, verbose_name="unit in English"),
        ),
        migrations.AddField(
            model_name="programme",
            name="minimum_organisations",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="fewest other organisations behind a group's figure; never under 3",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="remark",
            field=models.TextField(blank=True, verbose_name="remark"),
        ),
        migrations.AlterField(
            model_name="indicatordefinition",
            name="better",
            field=models.CharField(
                choices=[
                    ("higher", "higher is better"),
                    ("lower", "lower is better"),
                    ("neutral", "neither is better"),
                ],
                default="neutral",
                max_length=8,
                verbose_name="which way is better",
            ),
        ),
        migrations.AlterField(
            model_name="indicatordefinition",
            name="meaning",
            field=models.CharField(max_length=200, verbose_name="meaning"),
        ),
        migrations.AlterField(
            model_name="indicatordefinition",
            name="meaning_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="meaning in English"),
        ),
        migrations.AlterField(
            model_name="indicatordefinition",
            name="period",
            field=models.CharField(
                choices=[("year", "year"), ("quarter", "quarter"), ("month", "month")],
                default="year",
                max_length=8,
                verbose_name="measured by",
            ),
        ),
        migrations.AlterField(
            model_name="indicatordefinition",
            name="unit",
            field=models.CharField(max_length=40, verbose_name="unit"),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["indicator", "period"], name="figure_by_period"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_organisations__gte", 3)),
                name="programme_minimum_organisations",
            ),
        ),
        migrations.AddField(
            model_name="charter",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="charters",
                to="benchmarks.programme",
            ),
        ),
        migrations.AddField(
            model_name="charterconsent",
            name="charter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consents",
                to="benchmarks.charter",
            ),
        ),
        migrations.AddField(
            model_name="charterconsent",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="charterconsent",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consents",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="chosengroup",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="chosen_groups",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="chosengroup",
            name="others",
            field=models.ManyToManyField(related_name="+", to="people.organisation"),
        ),
        migrations.AddField(
            model_name="chosengroup",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="benchmarks.programme",
            ),
        ),
        migrations.AddField(
            model_name="figureimport",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figure_imports",
                to="benchmarks.programme",
            ),
        ),
        migrations.AddField(
            model_name="figureimport",
            name="uploaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.UniqueConstraint(
                fields=("programme", "version"), name="charter_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="charterconsent",
            constraint=models.UniqueConstraint(
                fields=("charter", "organisation"), name="consent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="chosengroup",
            constraint=models.UniqueConstraint(
                fields=("programme", "organisation"), name="chosen_group_once"
            ),
        ),
        migrations.RunPython(split, join, elidable=True),
        migrations.RemoveField(
            model_name="indicatordefinition",
            name="numerator_and_denominator",
        ),
    ]
