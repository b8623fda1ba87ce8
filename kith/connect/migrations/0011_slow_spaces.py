from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("connect", "0010_chains_and_checkins"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="space",
            constraint=models.CheckConstraint(
                condition=models.Q(("slow_seconds__gte", 0), ("slow_seconds__lte", 86400)),
                name="connect_space_slow_within_a_day",
            ),
        ),
    ]
