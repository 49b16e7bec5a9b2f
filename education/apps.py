from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EducationConfig(AppConfig):
    name = "education"

    def ready(self):
        autodiscover_modules("desk.mails")
