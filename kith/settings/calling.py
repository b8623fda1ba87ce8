"""How often the API may be called in a minute, as the environment says it."""

from collections.abc import Mapping

LIMITS = {"person": 600, "write": 120, "stranger": 120, "address": 3000}


def limits(environment: Mapping[str, str]) -> dict[str, int]:
    """Return the limits by kind: KITH_API_LIMITS names those that differ, as `person=300,write=60`; 0 is none.

    Raises:
        ValueError: it names an unknown kind, or no whole number.

    """
    found = dict(LIMITS)
    for pair in environment.get("KITH_API_LIMITS", "").replace(" ", "").split(","):
        kind, _, number = pair.partition("=")
        if not pair:
            continue
        if kind not in LIMITS or not (number.isascii() and number.isdecimal()):
            raise ValueError(
                f"KITH_API_LIMITS wants {', '.join(LIMITS)} with whole numbers, as person=300; not “{pair}”."
            )
        found[kind] = int(number)
    return found
