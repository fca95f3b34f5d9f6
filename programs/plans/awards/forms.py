"""The form of awards."""

from programs.plans.awards.model import Award
from programs.plans.fields import LinesField
from programs.plans.forms import UnitRowForm, lines


class AwardForm(UnitRowForm):
    institutions: LinesField = lines(Award, "institutions")
    past = ("awarded_on",)

    class Meta:
        model = Award
        fields = [
            *("form", "issuer", "recipient", "count", "awarded_on", "decision_number"),
            *("institutions", "source"),
        ]
