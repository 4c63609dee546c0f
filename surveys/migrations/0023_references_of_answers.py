"""On PostgreSQL, look at the references of answers once a statement (surveys.references)."""

from django.db import migrations

from surveys.references import look_at_each_row, look_once_a_statement


def put(apps, schema_editor):
    look_once_a_statement(schema_editor.connection)


def take(apps, schema_editor):
    look_at_each_row(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0022_report_not_promised")]
    operations = [migrations.RunPython(put, take)]
