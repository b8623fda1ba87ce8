"""For the tests: fast hashing, mail in memory, static names unhashed."""

import os
import tempfile
from pathlib import Path

from kith.settings.base import *

SECRET_KEY = "test"  # noqa: S105
DEMO = False
SANDBOX = True
API_LIMITS = dict.fromkeys(API_LIMITS, 0)  # tests call often; those of the limits set their own
PAY = {"wechatpay": {}, "alipay": {}, "stripe": {}}
PAY_FOR = frozenset()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(tempfile.gettempdir()) / "kith-test-static"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="kith-test-media-"))
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("KITH_TESTS_TEMPLATE")}  # migrated once by tests/plugin.py
# The books refuse TRUNCATE; tests that commit clean up by it.
DATABASES["default"]["OPTIONS"]["options"] = "-c kith.unlocked=on"
TIME_ZONE = "Asia/Shanghai"
