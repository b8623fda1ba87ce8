from django.apps import AppConfig


class GatherConfig(AppConfig):
    name = "kith.gather"
    label = "gather"
