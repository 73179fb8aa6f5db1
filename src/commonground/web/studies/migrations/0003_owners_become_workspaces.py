"""Studies of one set of owners become one workspace of these owners, so that nobody sees more than before.

A study that has been open counts as launched, with the document and the design it had.
"""

from django.db import migrations


def carry_over(apps, schema_editor):
    Study, Membership = apps.get_model("studies", "Study"), apps.get_model("studies", "Membership")
    Version = apps.get_model("studies", "DocumentVersion")
    Session = apps.get_model("respond", "Session")
    workspaces = {}
    for study in Study.objects.order_by("pk"):
        owners = tuple(Membership.objects.filter(study=study).order_by("pk").values_list("user", flat=True))
        if owners:
            key = frozenset(owners)
            if key not in workspaces:
                workspaces[key] = _workspace(apps, owners)
            study.workspace = workspaces[key]
        if study.is_open or Session.objects.filter(study=study).exists():
            study.launched_at, study.launched_hash, study.design = study.created_at, study.document_hash, _design(study)
        study.save()
        Version.objects.create(
            study=study, number=1, document=study.document, document_hash=study.document_hash, made_at=study.created_at
        )


def _workspace(apps, owners):
    Workspace, Member = apps.get_model("workspaces", "Workspace"), apps.get_model("workspaces", "Member")
    first = apps.get_model("accounts", "User").objects.get(pk=owners[0])
    workspace = Workspace.objects.create(name=first.name or first.email)
    for owner in owners:
        Member.objects.create(workspace=workspace, user_id=owner, role="owner")
    return workspace


def _design(study):
    from commonground.files.study import parse_study
    from commonground.web.studies.designs import built_design, design_to_json

    return design_to_json(built_design(parse_study(study.document, "study.yaml").study))


class Migration(migrations.Migration):
    dependencies = [("studies", "0002_stages_and_versions"), ("respond", "0001_initial")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
