"""Which texts a person finds at the desk, and what is not done there."""

from django.db.models import Q

from accounts.models import User
from education.permissions import ReviewedPolicy, is_reviewer


def at_desk(user: User, texts):
    """Return the library and a person's own practice's texts; every practice's for a reviewer who belongs to none."""
    if not any(field.name == "practice" for field in texts.model._meta.fields):
        return texts
    if user.practice_id is None and is_reviewer(user):
        return texts
    own = Q(practice=user.practice_id) if user.practice_id else Q()
    return texts.filter(Q(practice=None) | own)


class NoNewOnes(ReviewedPolicy):
    """A kind of text whose rows come from elsewhere: a sign from the rules of triage."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


class OfPractices(NoNewOnes):
    """Paragraphs that practices write on pages of their own; here a reviewer reads them."""

    def user_has_permission(self, user, action):
        if action in ("lock", "unlock"):
            return False
        return is_reviewer(user) and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)
