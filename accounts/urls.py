from django.urls import include, path

from accounts.views import practice

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("practice/", practice.practice, name="practice"),
    path("practice/hours/", practice.opening_hours, name="opening_hours"),
    path("practice/holidays/", practice.holidays, name="holidays"),
]
