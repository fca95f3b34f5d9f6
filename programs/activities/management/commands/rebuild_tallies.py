"""Count the activities anew."""

from django.core.management.base import BaseCommand, CommandError

from programs.activities import tally
from programs.activities.registry import kind, kinds


class Command(BaseCommand):
    help = "Rebuilds the tally from the rows, for the kinds named or for all. Their writers wait meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "kinds",
            nargs="*",
            help="slugs of kinds; all of them, and the custom indicators, when none is given",
        )

    def handle(self, *args, **options):
        try:
            chosen = [kind(slug) for slug in options["kinds"]] or kinds()
        except KeyError as error:
            known = ", ".join(kind.slug for kind in kinds())
            raise CommandError(f"There is no kind {error}; there are {known}.") from error
        tally.rebuild(chosen)
        if not options["kinds"]:
            tally.rebuild_custom()
        self.stdout.write(f"Rebuilt: {', '.join(kind.slug for kind in chosen)}")
