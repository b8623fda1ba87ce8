from django.apps import AppConfig


class ShareConfig(AppConfig):
    name = "kith.share"
    label = "share"
