from django.urls import include, path

from accounts.views import language, practice

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("language/", language.set_language, name="set_language"),
    path("practice/", practice.practice, name="practice"),
    path("practice/hours/", practice.opening_hours, name="opening_hours"),
    path("practice/holidays/", practice.holidays, name="holidays"),
]
