"""What keeps the advice and the numbers within reach when the rest fails."""

from accounts.models import Role
from tracker.numbers import forget_numbers, keep_numbers, numbers_of
from tracker.views.last_resort import SIGNED_OUT, InHand, answer, in_hand, is_report


class LastResortMiddleware:
    """Answer every report with advice, whatever breaks behind this line.

    It stands outside all that can fail, so it uses neither the database nor the session: what it
    knows of the report is what the request carries and what others wrote into ``InHand``.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 400 or not is_report(request) or not in_hand(request).is_hers:
            return response
        return answer(request)

    def process_view(self, request, view, args, kwargs):
        """Answer a report of nobody here, before the sign-in page would swallow it."""
        if not is_report(request):
            return None
        if not request.user.is_authenticated:
            return answer(request, SIGNED_OUT)
        practice = request.user.practice
        request.report_in_hand = InHand(
            is_hers=request.user.role == Role.PATIENT,
            numbers=numbers_of(practice) if practice else None,
        )
        return None


class NumbersMiddleware:
    """Keep the practice's numbers in a patient's browser until she signs out.

    An expired session is no sign-out: the numbers are there for exactly that moment.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if not request.user.is_authenticated:
            if was_signed_in:
                forget_numbers(response)
        elif request.user.role == Role.PATIENT:
            keep_numbers(request, response, request.user.practice)
        return response
