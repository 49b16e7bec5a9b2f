import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0003_clinical_review")]

    operations = [
        migrations.AddField(
            model_name="ownparagraph",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
