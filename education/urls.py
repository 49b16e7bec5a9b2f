from django.urls import path

from education.views import glossary, practice_library, practice_paragraphs, practice_topics
from education.views import lessons as views

urlpatterns = [
    path("learn/", views.library, name="library"),
    path("learn/weeks/<int:number>/", views.week, name="week"),
    path("learn/words/", glossary.glossary, name="glossary"),
    path("learn/<slug:slug>/", views.topic, name="topic"),
    path("practice/library/", practice_library.practice_library, name="practice_library"),
    path("practice/library/topics/<slug:slug>/hide/", practice_library.practice_hide_topic, name="practice_hide_topic"),
    path("practice/library/topics/<slug:slug>/show/", practice_library.practice_show_topic, name="practice_show_topic"),
    path("practice/library/own/add/", practice_topics.practice_add_topic, name="practice_add_topic"),
    path("practice/library/own/<slug:slug>/", practice_topics.practice_topic, name="practice_topic"),
    path("practice/library/words/<slug:kind>/<slug:key>/", practice_paragraphs.practice_lesson, name="practice_lesson"),
    path("practice/library/words/<slug:kind>/<slug:key>/<slug:paragraph>/", practice_paragraphs.practice_add_paragraph, name="practice_add_paragraph"),
    path("practice/library/paragraphs/<uuid:public_id>/", practice_paragraphs.practice_paragraph, name="practice_paragraph"),
]  # fmt: skip
