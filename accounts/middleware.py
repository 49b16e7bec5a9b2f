from django.utils import timezone


class PracticeTimeZoneMiddleware:
    """Show every time of a page in the time zone of the person's practice."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        practice = request.user.practice if request.user.is_authenticated else None
        if practice is None:
            return self.get_response(request)
        with timezone.override(practice.zone):
            return self.get_response(request)
