

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import programs.activities.firm
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_functions'),
        ('coordination', '0002_national_programmes'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30, verbose_name='loại hoạt động')),
                ('day', models.DateField(verbose_name='ngày')),
                ('title', models.CharField(max_length=300, verbose_name='nội dung')),
                ('search_key', models.TextField(verbose_name='khóa tìm kiếm')),
                ('live', models.BooleanField(verbose_name='còn hiệu lực')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'hoạt động',
                'verbose_name_plural': 'hoạt động',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='EntryArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_areas', to='units.residentialarea', verbose_name='khu dân cư')),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entry_areas', to='activities.activityentry', verbose_name='hoạt động')),
            ],
            options={
                'verbose_name': 'khu dân cư của hoạt động',
                'verbose_name_plural': 'khu dân cư của hoạt động',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('pk', models.CompositePrimaryKey('unit', 'slot', 'programme', blank=True, editable=False, primary_key=True, serialize=False)),
                ('slot', models.IntegerField()),
                ('sessions', models.IntegerField(db_default=0, default=0, verbose_name='buổi tuyên truyền')),
                ('session_attendances', models.IntegerField(db_default=0, default=0, verbose_name='lượt người tham dự tuyên truyền')),
                ('session_tips', models.IntegerField(db_default=0, default=0, verbose_name='nguồn tin thu được từ tuyên truyền')),
                ('mediations_received', models.IntegerField(db_default=0, default=0, verbose_name='vụ mâu thuẫn tiếp nhận')),
                ('mediations_concluded', models.IntegerField(db_default=0, default=0, verbose_name='vụ đã hòa giải xong')),
                ('mediations_succeeded', models.IntegerField(db_default=0, default=0, verbose_name='hòa giải thành')),
                ('mediations_failed', models.IntegerField(db_default=0, default=0, verbose_name='hòa giải không thành')),
                ('mediations_transferred', models.IntegerField(db_default=0, default=0, verbose_name='chuyển cơ quan khác')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coordination.coordinationprogram')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.adminunit')),
            ],
            options={
                'verbose_name': 'số liệu tổng hợp nửa tháng',
                'verbose_name_plural': 'số liệu tổng hợp nửa tháng',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='activityentry',
            index=models.Index(fields=['unit', 'day', 'id'], name='entry_unit_day'),
        ),
        migrations.AddConstraint(
            model_name='entryarea',
            constraint=models.UniqueConstraint(fields=('entry', 'area'), name='entry_area_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entryarea',
            trigger=pgtrigger.compiler.Trigger(name='area_of_entry', sql=programs.activities.firm.FirmTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT FROM activities_activityentry e JOIN units_residentialarea a ON a.unit_id = e.unit_id\n        WHERE e.id = NEW.entry_id AND a.id = NEW.area_id\n        AND (a.valid_from IS NULL OR a.valid_from <= e.day) AND (a.valid_to IS NULL OR a.valid_to >= e.day)\n        FOR SHARE OF e\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_area_of_that_unit',\n            MESSAGE = 'A residential area belongs to another unit or another time';\n    END IF;\n    RETURN NEW;\n", hash='0ae6adc332ca333e42d90ebe5dbbab488fdb63e9', operation='INSERT OR UPDATE', pgid='pgtrigger_area_of_entry_a17e3', table='activities_entryarea', when='BEFORE')),
        ),
    ]
