from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "programs.tips"
    label = "tips"
    verbose_name = "Nguồn tin của người dân"

    def ready(self):
        from portal.home.parts import register_tasks
        from portal.inbox.sources import register_source
        from programs.activities import extensions
        from programs.tips import log_hints, reminders
        from programs.tips.desk import presentation

        extensions.register_before_save(log_hints.warn_of_linked)
        extensions.register_hint(log_hints.linked_hint)
        extensions.register_form_note("tips/log/_taken_in.html", log_hints.taken_in_here, place="head")
        register_tasks(presentation.desk_tasks, order=30)
        register_source(reminders.due)
