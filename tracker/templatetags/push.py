from django import template

from tracker.push import public_key

register = template.Library()
register.simple_tag(public_key, name="push_key")
