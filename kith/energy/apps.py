from django.apps import AppConfig


class EnergyConfig(AppConfig):
    name = "kith.energy"
    label = "energy"
