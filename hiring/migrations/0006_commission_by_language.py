"""The commission in words, until now in one language, is kept by language."""

from django.db import migrations, models


def by_language(apps, schema_editor):
    company = apps.get_model("people", "Company").objects.first()
    language = company.language if company else "en"
    for profile in apps.get_model("hiring", "Profile").objects.exclude(commission=""):
        profile.commissions = {language: profile.commission}
        profile.save(update_fields=["commissions"])


def in_one_language(apps, schema_editor):
    for profile in apps.get_model("hiring", "Profile").objects.exclude(commissions={}):
        profile.commission = next(iter(profile.commissions.values()))
        profile.save(update_fields=["commission"])


class Migration(migrations.Migration):
    dependencies = [("hiring", "0005_candidate_order")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="commissions",
            field=models.JSONField(default=dict, help_text="{language: commission in words}."),
        ),
        migrations.RunPython(by_language, in_one_language),
        migrations.RemoveField(model_name="profile", name="commission"),
    ]
