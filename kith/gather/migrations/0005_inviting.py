import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What links were made for, and who came by whom, as far as the record of deeds tells it.
USES = """
    UPDATE gather_invitation i SET uses = greatest(1, i.uses_left + (SELECT count(*) FROM people_deed d
        WHERE d.community_id = i.community_id AND d.subject = 'invitation:' || i.id AND d.kind = 'gather.joined'))
"""
COMINGS = """
    INSERT INTO gather_coming (community_id, person_id, host_id, way, invitation_id, at)
    SELECT DISTINCT ON (d.community_id, d.by_id) d.community_id, d.by_id, d.person_id, 'link', i.id, d.at
    FROM people_deed d JOIN gather_invitation i ON d.subject = 'invitation:' || i.id AND i.community_id = d.community_id
    WHERE d.kind = 'gather.joined' AND d.by_id <> d.person_id ORDER BY d.community_id, d.by_id, d.id DESC
"""


class Migration(migrations.Migration):
    dependencies = [
        ("gather", "0004_core_figures"),
        ("people", "0002_deeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Coming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("link", "link"), ("poster", "poster"), ("sponsor", "sponsor")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="application",
            name="sponsor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="sponsor_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="sponsor_named",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="application",
            name="sponsor_state",
            field=models.CharField(
                blank=True,
                choices=[("asked", "asked"), ("confirmed", "confirmed"), ("declined", "declined")],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="note",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="invitation",
            name="uses",
            field=models.IntegerField(default=1),
            preserve_default=False,
        ),
        migrations.RunSQL(USES, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="invitation",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="limit",
            name="needs_sponsor",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                models.F("community"), models.OrderBy(models.F("id"), descending=True), name="gather_application_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                models.F("community"),
                models.F("sponsor"),
                condition=models.Q(("sponsor", None), _negated=True),
                name="gather_application_of_sponsor",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                models.F("community"),
                models.F("by"),
                models.OrderBy(models.F("id"), descending=True),
                name="gather_invitation_of_maker",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sponsor", None), ("sponsor_at", None), ("sponsor_state", "")),
                    models.Q(("sponsor__isnull", False), ("sponsor_at", None), ("sponsor_state", "asked")),
                    models.Q(
                        ("sponsor__isnull", False),
                        ("sponsor_at__isnull", False),
                        ("sponsor_state__in", ["confirmed", "declined"]),
                    ),
                    _connector="OR",
                ),
                name="gather_application_sponsor_answers_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("sponsor", models.F("person")), _negated=True),
                name="gather_application_sponsor_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses_left__lte", models.F("uses"))), name="gather_invitation_not_over_its_uses"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("uses_left", 0), _connector="OR"),
                name="gather_invitation_withdrawn_lets_nobody_in",
            ),
        ),
        migrations.AddField(
            model_name="coming",
            name="community",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.community"
            ),
        ),
        migrations.AddField(
            model_name="coming",
            name="host",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="coming",
            name="invitation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="comings", to="gather.invitation"
            ),
        ),
        migrations.AddField(
            model_name="coming",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="coming",
            index=models.Index(models.F("community"), models.F("host"), name="gather_coming_of_host"),
        ),
        migrations.AddIndex(
            model_name="coming",
            index=models.Index(models.F("community"), models.F("at"), name="gather_coming_in_time"),
        ),
        migrations.AddConstraint(
            model_name="coming",
            constraint=models.UniqueConstraint(
                models.F("community"), models.F("person"), name="gather_coming_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="coming",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("host")), _negated=True), name="gather_coming_not_by_oneself"
            ),
        ),
        migrations.AddConstraint(
            model_name="coming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("invitation__isnull", False), ("way", "link")),
                    models.Q(models.Q(("way", "link"), _negated=True), ("invitation", None)),
                    _connector="OR",
                ),
                name="gather_coming_by_link_names_it",
            ),
        ),
        migrations.RunSQL(COMINGS, migrations.RunSQL.noop),
    ]
