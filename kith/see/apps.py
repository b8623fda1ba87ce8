from django.apps import AppConfig


class SeeConfig(AppConfig):
    name = "kith.see"
    label = "see"
