"""The law on memberships that renew by themselves, as data: a change of the law is a line here, and what began before keeps its version."""

from datetime import UTC, datetime

from kith.launch.rules.renewing import RenewalLaw

RENEWAL_LAWS = (RenewalLaw("cn-2021-05", datetime(2021, 4, 30, 16, tzinfo=UTC), notice_days=5, retries=(1, 2)),)
