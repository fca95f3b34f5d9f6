"""For catalogues in the admin that have rows of the country and rows of one province: who keeps which."""

from django.contrib import admin

from portal.accounts.managing import inside_units, managed_provinces, manages_all


class ProvincesOwn(admin.ModelAdmin):
    """System administrators keep all rows. A province's administrator keeps those of the own province and
    reads those of the country; other provinces' do not exist.

    `place_path`: the foreign key to the unit (null: the whole country).
    """

    place_path = "province"
    only_mine = "Chỉ dùng trong tỉnh, thành phố này."

    def get_queryset(self, request):
        found = super().get_queryset(request)
        if manages_all(request.user):
            return found
        path, ours = self.place_path, managed_provinces(request.user)
        return found.filter(**{f"{path}__isnull": True}) | found.filter(inside_units(ours, f"{path}__"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What the form takes, whatever is sent: the own province, and what lies in it for a unit."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == self.place_path and not manages_all(request.user):
            ours = managed_provinces(request.user)
            field.queryset = field.queryset.filter(inside_units(ours))
            field.required, field.empty_label, field.help_text = True, None, self.only_mine
        return field

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.keeps(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.keeps(request.user, obj)

    def keeps(self, user, row) -> bool:
        """Whether the row is this administrator's to change."""
        if row is None or manages_all(user):
            return True
        unit, ours = getattr(row, self.place_path), managed_provinces(user)
        return unit is not None and bool({unit.pk, unit.today_unit_id, unit.today_province_id} & ours)
