"""For work on Kith itself: templates reload, errors show."""

from kith.settings.base import *

DEBUG = True
TEMPLATES[0]["OPTIONS"]["auto_reload"] = True
