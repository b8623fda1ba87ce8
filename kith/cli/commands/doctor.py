"""Say in words what is wrong: database, disk, folders, mail, limits, clock."""

import click

from kith.cli.frame import found_problems, json_option, tell


@click.command()
@json_option
def command(*, as_json: bool) -> None:
    """Say in words what is wrong: database, disk, folders, mail, limits, clock. Exit code 1 if anything is bad."""
    from dataclasses import asdict  # noqa: PLC0415 -- `kith doctor --help` need not wait for it

    from kith.run.doctor import Level, examine  # noqa: PLC0415

    findings = examine()
    lines = [f"{finding.level:<5} {finding.about:<16} {finding.sentence}" for finding in findings]
    tell([asdict(finding) for finding in findings], as_json=as_json, lines=lines)
    if any(finding.level is Level.BAD for finding in findings):
        found_problems()
