from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import Holiday, OnCall, OpeningHours, Practice, User

# Operators sign in where everyone does, with the same limits on wrong passwords.
admin.site.login = secure_admin_login(admin.site.login)


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0


class HolidayInline(admin.TabularInline):
    model = Holiday
    extra = 0


class OnCallInline(admin.TabularInline):
    model = OnCall
    extra = 0


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    list_display = ["name", "phone", "time_zone", "country", "strict_reading"]
    inlines = [OpeningHoursInline, HolidayInline, OnCallInline]


@admin.register(User)
class PersonAdmin(UserAdmin):
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "role", "practice", "is_active"]
    list_filter = ["role", "practice", "is_active"]
    search_fields = ["email", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (
            _("Person"),
            {
                "fields": [
                    "first_name",
                    "last_name",
                    "title",
                    "phone",
                    "born_on",
                    "language",
                    "needs_interpreter",
                ]
            },
        ),
        (_("Place"), {"fields": ["role", "practice"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "role", "practice", "password1", "password2"]})]
