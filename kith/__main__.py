"""`python -m kith` is `kith`."""

from kith.cli.main import main

main(prog_name="kith")
