"""Programmes are entered by the portal's admins, seldom."""

from django.contrib import admin

from programs.coordination.models import CoordinationProgram, ProgramStage


class StageInline(admin.TabularInline):
    model = ProgramStage
    extra = 0


@admin.register(CoordinationProgram)
class CoordinationProgramAdmin(admin.ModelAdmin):
    list_display = ["number", "title", "level", "unit", "starts_on", "ends_on"]
    list_filter = ["level"]
    list_select_related = ["unit"]
    search_fields = ["number", "title"]
    raw_id_fields = ["unit"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [StageInline]
