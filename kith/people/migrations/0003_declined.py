"""What a member may decline: to be introduced to others, and the weekly letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_marks")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="declines_introductions",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="declines_letters",
            field=models.BooleanField(default=False),
        ),
    ]
