"""Static files under hashed names, ES-module imports included, so that browsers keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    support_js_module_import_aggregation = True
    manifest_strict = True
