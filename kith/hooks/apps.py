from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "kith.hooks"
    label = "hooks"
