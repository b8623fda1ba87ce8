"""Serve the live streams of big rooms from a process of its own, beside `kith serve`."""

import click

from kith.cli.frame import note, with_database_as_it_is
from kith.run.data import PortRefused
from kith.run.environment import raise_file_limit

# Files this process opens besides its listeners.
OWN_FILES = 200
MANY = 1_000_000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 for every address.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--streams", type=click.IntRange(1, MANY), help="At most so many at once. Default: as many as the system allows."
)
@click.option("--per-address", default=1000, show_default=True, type=click.IntRange(1, MANY), help="From one address.")
@click.option("--per-person", default=30, show_default=True, type=click.IntRange(1, MANY), help="Of one person.")
@with_database_as_it_is
def command(*, host: str, port: int, streams: int | None, per_address: int, per_person: int) -> None:
    r"""Serve the live streams (/live/…) until Ctrl-C, many times leaner than `kith serve` does by itself.

    Let the proxy in front of Kith send paths below /live/ here. Start one for each processor, on as many machines as
    the room needs: those with the same port share it. All need the same database and KITH_SECRET_KEY.

    \b
    location /live/ { proxy_pass http://127.0.0.1:8001; proxy_buffering off; proxy_read_timeout 1h; }   # nginx
    """
    from kith.front.live_data import Limits  # noqa: PLC0415 -- Django is set up only now
    from kith.front.live_gateway import run  # noqa: PLC0415

    most = max(1, raise_file_limit() - OWN_FILES)
    limits = Limits(streams=min(streams or most, most), per_address=per_address, per_person=per_person)
    note(f"Live streams at http://{host}:{port}/live/ (at most {limits.streams})")
    try:
        run(host, port, limits)
    except OSError as fault:
        raise PortRefused(host=host, port=port, reason=fault.strerror or fault) from fault
