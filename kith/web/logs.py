"""What must not stand in a log: whoever reads it could walk through the doors it names."""

import logging
import re

SLASH = r"(?:/|%2F)"
SECRET = re.compile(rf"({SLASH}(?:i|claim|key|letters|confirm-email){SLASH}|[?&]token=)[\w:.%-]{{16,}}", re.IGNORECASE)


class Masked(logging.Filter):
    """Cuts the tokens of invitations, claims, resets, confirmations and streams out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = SECRET.sub(r"\1…", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True
