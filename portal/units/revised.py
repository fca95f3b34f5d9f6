"""Rows whose trigger counts their changes."""


class RevisionReread:
    """Mixed in before the model: after a change the row knows the `revision` that the trigger has written."""

    def save(self, *args, **kwargs):
        adding = self._state.adding
        super().save(*args, **kwargs)
        if not adding:
            self.refresh_from_db(fields=["revision"])
