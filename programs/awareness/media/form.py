"""Entry form of media output."""

from programs.activities.held_forms import HeldForm, several
from programs.awareness.choices import Topic
from programs.awareness.media.model import LIMITS, MediaOutput


class MediaOutputForm(HeldForm):
    """So many pieces of one medium."""

    title_from = "medium"
    first = ("held_on", "medium", "quantity", "title", "areas")
    rest = ("held_to", "topics", "narrative")
    limits = LIMITS

    topics = several("Chủ đề", Topic)

    class Meta:
        model = MediaOutput
        fields = ("held_on", "medium", "quantity", "title", "held_to", "topics", "narrative")
        labels = {"title": "Nội dung"}
