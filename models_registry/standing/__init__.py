"""What the registry has of units at the end of a day, each figure with the rows that it is the sum of.

Plain functions for those above (reports, targets, dashboards): `standing(unit_ids, day)`.
"""

from models_registry.standing.figure import Row, Standing, event_ids, titles
from models_registry.standing.read import ORDER, standing

__all__ = ["ORDER", "Row", "Standing", "event_ids", "standing", "titles"]
