"""What a workspace's members are for now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("studies", "0003_owners_become_workspaces")]
    operations = [
        migrations.RemoveField(model_name="study", name="owners"),
        migrations.DeleteModel(name="Membership"),
    ]
