"""From a valid form to the registry: what is still refused becomes an error of the form, never a 500."""

from django.db import DatabaseError

from models_registry.errors import REFUSALS, Overtaken, RegistryError
from portal.refusals import refusal_of


def saved(form, write, *models):
    """What `write()` gives, None with the error on the form when it is refused.

    Overtaken goes on: the page has to show both versions.
    """
    try:
        return write()
    except Overtaken:
        raise
    except RegistryError as error:
        form.add_error(None, error.message)
    except DatabaseError as error:
        form.add_error(None, refusal_of(error, REFUSALS, *models))
    return None
