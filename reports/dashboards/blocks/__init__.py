"""What stands on the dashboard beside the figures of the log: one file a block, registered here.

A block is a function of a `Scene` that gives a `Block`, or None where it has nothing to say of that place. It
asks for its own permission: whoever may open the dashboard does not therefore see all of it. The page, the
print and the workbook show the same rows, which are those of the page that they lead to.
"""

from collections.abc import Callable

from portal.access.permissions import Permission
from portal.access.scoping import has
from reports.dashboards.blocks import certification, festivals, models, targets, tips
from reports.dashboards.blocks.shape import Block, Scene

BLOCKS: list[tuple[Permission, Callable[[Scene], Block | None]]] = [
    (Permission.LOG_VIEW, festivals.block),
    (Permission.REGISTRY_VIEW, models.block),
    (Permission.REGISTRY_VIEW, certification.block),
    (Permission.PROGRAMME_VIEW, targets.block),
    (Permission.TIP_VIEW, tips.block),
]


def blocks_of(scene: Scene) -> list[Block]:
    """The blocks of a place and a period, those that this person may see there."""
    made = (block(scene) for permission, block in BLOCKS if has(scene.user, permission, scene.place))
    return [block for block in made if block is not None]
