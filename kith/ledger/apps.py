from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kith.ledger"
    label = "ledger"
