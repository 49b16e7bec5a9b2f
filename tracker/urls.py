from django.urls import path

from tracker.views import (
    chart,
    checklist,
    follow_ups,
    offline,
    push,
    safety,
    signs,
    site,
    symptoms,
    today,
    worklist,
)

urlpatterns = [
    # Anyone
    path("", site.start, name="start"),
    path("warning-signs/", signs.warning_signs, name="warning_signs"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    # The patient
    path("today/", today.today, name="today"),
    path("timeline/", today.timeline, name="timeline"),
    path("symptoms/", symptoms.symptoms, name="symptoms"),
    path("symptoms/report/", symptoms.report_symptoms, name="report_symptoms"),
    path("symptoms/preview/", symptoms.preview_advice, name="preview_advice"),
    path("symptoms/<uuid:report_id>/", symptoms.advice, name="advice"),
    path(
        "follow-ups/<uuid:follow_up_id>/",
        follow_ups.answer_follow_up,
        name="answer_follow_up",
    ),
    path("checklist/", checklist.checklist, name="checklist"),
    path("checklist/<slug:slug>/", checklist.checklist_item, name="checklist_item"),
    # The provider
    path("worklist/", worklist.worklist, name="worklist"),
    path("me/push/", push.push_subscription, name="push_subscription"),
    path("patients/<uuid:pregnancy_id>/", chart.chart, name="chart"),
    path(
        "patients/<uuid:pregnancy_id>/checklist/", chart.review_checklist, name="review_checklist"
    ),
    path("alerts/<uuid:alert_id>/acknowledge/", chart.acknowledge_alert, name="acknowledge_alert"),
    path("alerts/<uuid:alert_id>/resolve/", chart.resolve_alert, name="resolve_alert"),
    path("safety/", safety.safety, name="safety"),
    path("alerts/<uuid:alert_id>/reopen/", chart.reopen_alert, name="reopen_alert"),
]
