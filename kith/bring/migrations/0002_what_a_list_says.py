from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bring", "0001_initial")]

    operations = [
        migrations.AddField("batch", "chapters", models.JSONField(default=list)),
        migrations.AddField("appearance", "replaced", models.JSONField(null=True)),
    ]
