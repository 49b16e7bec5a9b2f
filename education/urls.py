from django.urls import path

from education.views import lessons as views

urlpatterns = [
    path("learn/", views.library, name="library"),
    path("learn/weeks/<int:number>/", views.week, name="week"),
    path("learn/<slug:slug>/", views.topic, name="topic"),
]
