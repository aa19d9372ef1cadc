"""Signs of channels and tones, the same wherever a touchpoint is shown."""

from django import template
from django.utils.safestring import SafeString

from accounts.queries.timeline import ICONS
from common.templatetags.kam import icon

register = template.Library()
FACES = {-1: "emoji-frown", 0: "emoji-neutral", 1: "emoji-smile"}


@register.simple_tag
def channel_icon(channel: str) -> SafeString:
    return icon(ICONS[channel])


@register.simple_tag
def tone_icon(tone: int) -> SafeString:
    return icon(FACES[tone])
