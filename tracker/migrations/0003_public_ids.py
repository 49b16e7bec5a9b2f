"""Every scan and stitch gets an address of its own; one id for each row, so before it is unique."""

import uuid

from django.db import migrations, models


def number_them(apps, schema_editor):
    for name in ("CervicalLength", "Cerclage"):
        model = apps.get_model("tracker", name)
        for pk in model.objects.values_list("pk", flat=True):
            model.objects.filter(pk=pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("tracker", "0002_safety_path")]

    operations = [
        migrations.AddField("cervicallength", "public_id", models.UUIDField(null=True)),
        migrations.AddField("cerclage", "public_id", models.UUIDField(null=True)),
        migrations.RunPython(number_them, migrations.RunPython.noop),
    ]
