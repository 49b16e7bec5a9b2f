from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker.push import subscribe


@role_required(Role.PROVIDER)
@require_POST
def push_subscription(request):
    """Notify this browser from now on; or, with ``stop``, no more. Asked for by push.js, which reads the status."""
    endpoint = request.POST.get("endpoint", "")
    if "stop" in request.POST:
        request.user.push_subscriptions.filter(endpoint=endpoint).delete()
        return HttpResponse(status=204)
    keys = {name: request.POST.get(name, "") for name in ("p256dh", "auth")}
    try:
        subscribe(user=request.user, endpoint=endpoint, **keys)
    except ValidationError as error:
        return HttpResponseBadRequest(" ".join(error.messages), content_type="text/plain")
    return HttpResponse(status=204)
