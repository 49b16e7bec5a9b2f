from allauth.account import urls as sign_in
from django.urls import include, path

from accounts.views import language, practice
from accounts.views.closed import closed

# People come by invitation and keep the address they were invited at.
NOBODY_NEEDS = [
    path("signup/", closed, name="account_signup"),
    path("reauthenticate/", closed, name="account_reauthenticate"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
]

urlpatterns = [
    path("accounts/", include([*NOBODY_NEEDS, *sign_in.urlpatterns])),
    path("language/", language.set_language, name="set_language"),
    path("practice/", practice.practice, name="practice"),
    path("practice/hours/", practice.opening_hours, name="opening_hours"),
    path("practice/holidays/", practice.holidays, name="holidays"),
]
