"""Recompute the tally from the rows and compare: 0 differences, always."""

from django.core.management.base import BaseCommand, CommandError

from programs.activities import tally
from programs.activities.slots import slot_range


class Command(BaseCommand):
    help = "Compares the tally and the entry index with the activities. Exit code 1 if they differ."

    def handle(self, *args, **options):
        cells, entries = tally.verify()
        for cell in cells:
            start, end = slot_range(cell.slot)
            self.stdout.write(
                f"unit {cell.unit_id}, programme {cell.programme_id}, {start:%d/%m/%Y}-{end:%d/%m/%Y}, "
                f"{cell.column}: tally {cell.tallied}, rows {cell.counted}"
            )
        for pk in entries:
            self.stdout.write(f"entry {pk}: not as its activity says")
        self.stdout.write(f"{len(cells) + len(entries)} differences")
        if cells or entries:
            raise CommandError("The tally differs from the rows. rebuild_tallies counts anew.", returncode=1)
