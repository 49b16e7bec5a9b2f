"""The addresses. Each app keeps its own list; the order matters where one prefix holds another."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_urls

urlpatterns = [
    path("", include("tracker.urls")),
    path("", include("education.urls")),
    path("", include("accounts.urls")),
    # One door for everyone, with one limit on wrong passwords: Wagtail's own sign-in page stays shut.
    path(
        "cms/login/",
        login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True)),
    ),
    path("cms/", include(wagtail_urls)),
    path("admin/", admin.site.urls),
]
handler500 = "tracker.views.last_resort.server_error"
