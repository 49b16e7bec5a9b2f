from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject


def practice(request):
    """Give every page the practice's numbers, or the public emergency number."""
    user = getattr(request, "user", None)
    own = user.practice if user and user.is_authenticated else None
    return {
        "practice": own,
        "practice_is_closed": SimpleLazyObject(lambda: own.is_closed(timezone.now()))
        if own
        else False,
        "emergency_number": own.emergency_number if own else settings.PUBLIC_EMERGENCY_NUMBER,
        "demo": settings.DEMO,
    }
