"""The addresses. Each app keeps its own list; the order matters where one prefix holds another."""

from django.contrib import admin
from django.urls import include, path
from wagtail.admin import urls as wagtail_urls

urlpatterns = [
    path("", include("tracker.urls")),
    path("", include("education.urls")),
    path("", include("accounts.urls")),
    path("cms/", include(wagtail_urls)),
    path("admin/", admin.site.urls),
]
