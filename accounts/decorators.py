from functools import wraps

from django.core.exceptions import PermissionDenied


def role_required(*roles):
    """Open a view to these roles only; anyone else who is signed in gets 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)
        return guarded

    return decorate


def practice_required(view):
    """Close a page of a practice to those who belong to none, such as the operator of this site."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.practice is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
