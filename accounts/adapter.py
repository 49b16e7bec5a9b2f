from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignup(DefaultAccountAdapter):
    """People come to Cinta by invitation of a practice; nobody signs herself up."""

    def is_open_for_signup(self, request):
        return False
