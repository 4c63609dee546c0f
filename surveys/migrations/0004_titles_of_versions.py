"""A version keeps the title under which it was published."""

from django.db import migrations


def copy_titles(apps, schema_editor):
    Instrument = apps.get_model("surveys", "Instrument")
    InstrumentVersion = apps.get_model("surveys", "InstrumentVersion")
    for instrument in Instrument.objects.all():
        InstrumentVersion.objects.filter(instrument=instrument).update(
            title_nl=instrument.title_nl, title_en=instrument.title_en
        )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_kinds_of_items")]

    operations = [migrations.RunPython(copy_titles, migrations.RunPython.noop)]
