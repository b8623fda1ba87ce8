"""Tallies of what was sold: an amount for a number of orders, which is no promise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_deeds"),
        ("see", "0005_promises"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="tally",
            name="see_tally_name_known",
        ),
        migrations.RemoveConstraint(
            model_name="tally",
            name="see_tally_keeps_no_more_than_promised",
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__in", ("event", "checkin", "launch", "turn_out", "sold"))),
                name="see_tally_name_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__in", ("turn_out", "sold")), ("kept__lte", models.F("of")), _connector="OR"),
                name="see_tally_keeps_no_more_than_promised",
            ),
        ),
    ]
