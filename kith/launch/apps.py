from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "kith.launch"
    label = "launch"
