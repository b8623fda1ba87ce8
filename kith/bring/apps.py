from django.apps import AppConfig


class BringConfig(AppConfig):
    name = "kith.bring"
    label = "bring"
