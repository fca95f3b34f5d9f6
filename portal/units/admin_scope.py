"""Whose units an administrator sees. This room knows no roles: the room that does says so at start-up."""

from collections.abc import Callable

EVERYWHERE = None
_rule: Callable | None = None


def limit_by(rule: Callable):
    """Sets the rule: user -> ids of today's provinces, or EVERYWHERE."""
    global _rule
    _rule = rule


def within(queryset, user, path: str):
    """The rows whose province of today (reached by `path`) this user administers; none without a rule."""
    provinces = _rule(user) if _rule else frozenset()
    return queryset if provinces is EVERYWHERE else queryset.filter(**{f"{path}__in": provinces})
