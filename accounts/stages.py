from allauth.account.stages import LoginByCodeStage


class CodeStage(LoginByCodeStage):
    """Waiting for a code from the mail, with the way back open: to the password, or to another address."""

    def is_resumable(self, request):
        return False
