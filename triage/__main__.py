"""python -m triage, and the `triage` command."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    if sys.argv[1:] == ["--version"]:  # answered before anything is imported
        from triage import __version__

        print(f"triage {__version__}")
        return 0
    if not sys.argv[1:]:  # a person who just starts it should not wait for the option parser
        from triage.cli.checking import run_default
        from triage.cli.guard import guarded

        return guarded(run_default)
    from triage.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
