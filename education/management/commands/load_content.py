from django.core.management.base import BaseCommand, CommandError

from education.files import BadFile
from education.importing import load_library
from education.permissions import prepare_desk


class Command(BaseCommand):
    help = "Load the lessons of the repository. Safe to run again: never overwrites what an editor changed."

    def handle(self, *args, **options):
        prepare_desk()
        try:
            report = load_library()
        except (BadFile, KeyError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        counts = ", ".join(f"{number} {outcome}" for outcome, number in report.counts.items())
        self.stdout.write(f"Content: {counts}.")
        for name, lines in report.kept:
            self.stdout.write(f"\n{name}: an editor changed this text, so the file was not loaded:")
            self.stdout.writelines(f"  {line}" for line in lines)
