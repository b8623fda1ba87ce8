"""Devices that are told of notices."""

from typing import ClassVar

from django.db import models

from kith.connect.data import LABEL_LIMIT
from kith.people.api import Person


class Device(models.Model):
    """A browser of somebody's, in all their communities. `sealed` is where to send and its keys; `digest` is of the endpoint.

    A browser is one person's at a time: who turns it on last. `vain` counts what did not arrive since something did.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    label = models.CharField(max_length=LABEL_LIMIT, blank=True)
    vain = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("digest", name="connect_device_once"),
        ]
