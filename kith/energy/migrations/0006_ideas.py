"""Two kinds of acts: supporting somebody's idea, and naming somebody for what they brought to one."""

from django.db import migrations

KINDS = {
    "support": (0.5, "supported somebody's idea"),
    "credit": (2.0, "named somebody for what they brought to an idea"),
}


def seed(apps, schema_editor):
    kind = apps.get_model("energy", "Kind")
    rows = [kind(code=code, weight=weight, meaning=meaning) for code, (weight, meaning) in KINDS.items()]
    kind.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("energy", "0005_lean_indexes")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
