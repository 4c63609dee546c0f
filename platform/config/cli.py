"""`benchlearn`: Django's manage.py under the product's name."""

import os
import sys


def main() -> None:
    """Run a subcommand; exit 2 for wrong usage, 1 for an error, with its message on stderr."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django  # noqa: PLC0415
    from django.core.management import ManagementUtility, get_commands  # noqa: PLC0415

    django.setup()  # before this the commands of our own rooms aren't known
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if not name.startswith("-") and name not in {"help", "version"} | set(get_commands()):
        sys.stderr.write(f"benchlearn: '{name}' is not a command; see 'benchlearn help'.\n")
        sys.exit(2)
    ManagementUtility([os.path.basename(sys.argv[0]), *sys.argv[1:]]).execute()  # noqa: PTH119


if __name__ == "__main__":
    main()
