"""The nonce for our copies of Wagtail's widget templates."""

from django import template

from website.cms import nonce_attribute

register = template.Library()
register.simple_tag(nonce_attribute, name="cms_nonce")
