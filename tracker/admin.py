"""What an operator sets and looks at. No patient's record is opened here."""

from django.contrib import admin

from tracker.models import EscalationStep, Message


@admin.register(EscalationStep)
class EscalationStepAdmin(admin.ModelAdmin):
    list_display = ["practice", "urgency", "after_minutes", "in_opening_hours", "tells"]
    list_filter = ["practice", "urgency"]


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Which messages left, and why others did not. Nothing can be changed."""

    list_display = ["created_at", "channel", "to", "state", "tries", "settled_at", "error"]
    list_filter = ["state", "channel"]
    list_select_related = ["to"]
    fields = readonly_fields = [*list_display, "key", "try_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
