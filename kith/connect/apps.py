from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "kith.connect"
    label = "connect"
