"""Entry form of signed commitments."""

from programs.activities.held_forms import HeldForm
from programs.grassroots.commitments.model import LIMITS, CommitmentDrive


class CommitmentDriveForm(HeldForm):
    """One drive: topic, who signs, how many."""

    title_from = "topic"
    first = ("held_on", "topic", "party", "signed", "areas")
    rest = ("title", "held_to", "narrative")
    limits = LIMITS

    class Meta:
        model = CommitmentDrive
        fields = ("held_on", "topic", "party", "signed", "title", "held_to", "narrative")
        labels = {"title": "Nội dung"}
