from django.apps import AppConfig


class OwnConfig(AppConfig):
    name = "kith.own"
    label = "own"
