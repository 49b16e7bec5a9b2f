from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"

    def ready(self):
        from education.desk.mails import write_to_the_reviewers

        write_to_the_reviewers()
