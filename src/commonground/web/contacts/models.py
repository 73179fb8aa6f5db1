"""What is kept of people who leave contact details. No row knows a time, a session, a language or a group.

A study is known by its public id alone; there is no key into the other database. Rows have random ids and are written
again in a new order whenever one comes to them (`actions.leave_details`), so that neither the order in the file nor
what a database notes of each row's last change tells who came when.
"""

import uuid

from django.db import models


class Entry(models.Model):
    """One wish of one person. `sealed` can be read with the contacts key only; `digest` finds the same address again.

    `place` is the place in the draw, from 1, of those who were drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.CharField(max_length=64)
    wish = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    place = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["study", "wish", "digest"], name="one_entry_an_address")]

    def __str__(self) -> str:
        return f"{self.study} {self.wish}"


class SpentPass(models.Model):
    """A pass that was used. Nothing leads from it to an entry, and only who holds the resume code can make it again."""

    digest = models.CharField(max_length=64, primary_key=True)
    study = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.study


class Drawing(models.Model):
    """That winners were drawn: from which list, with which seed. Together they give the same winners again."""

    study = models.CharField(max_length=64, primary_key=True)
    seed = models.CharField(max_length=64)
    list_hash = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    prizes = models.PositiveIntegerField()
    drawn_on = models.DateField()

    def __str__(self) -> str:
        return self.study


class KeyMark(models.Model):
    """A mark of the key that sealed the entries, so that another key is noticed; its row is also what writers hold."""

    mark = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.mark[:8]
