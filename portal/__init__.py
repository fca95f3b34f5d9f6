# Tasks find the application that is configured here, in the web process too.
from portal.celery import app as celery_app

__all__ = ["celery_app"]
