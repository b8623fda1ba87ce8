from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "kith.rest"
    label = "rest"
