

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import portal.units.columns
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoordinationProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', portal.units.columns.NfcField(max_length=60, verbose_name='số, ký hiệu')),
                ('title', portal.units.columns.NfcField(max_length=500, verbose_name='tên chương trình')),
                ('signed_on', models.DateField(verbose_name='ngày ký')),
                ('starts_on', models.DateField(verbose_name='thực hiện từ ngày')),
                ('ends_on', models.DateField(blank=True, help_text='Trống: chưa xác định.', null=True, verbose_name='đến hết ngày')),
                ('level', models.CharField(choices=[('nation', 'Trung ương'), ('province', 'Cấp tỉnh'), ('district', 'Cấp huyện (đến 30/6/2025)'), ('commune', 'Cấp xã')], max_length=8, verbose_name='cấp')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cascaded', to='coordination.coordinationprogram', verbose_name='cụ thể hóa chương trình')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='coordination.coordinationprogram', verbose_name='được thay bằng chương trình')),
                ('unit', models.ForeignKey(blank=True, help_text='Trống: chương trình của trung ương.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'chương trình phối hợp',
                'verbose_name_plural': 'chương trình phối hợp',
                'ordering': ['-starts_on', 'number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgramStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', portal.units.columns.NfcField(max_length=100, verbose_name='tên giai đoạn')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến hết ngày')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='coordination.coordinationprogram', verbose_name='chương trình')),
            ],
            options={
                'verbose_name': 'giai đoạn thực hiện',
                'verbose_name_plural': 'giai đoạn thực hiện',
                'ordering': ['programme', 'starts_on'],
            },
        ),
        migrations.AddConstraint(
            model_name='coordinationprogram',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='programme_in_order', violation_error_message='Chương trình không được kết thúc trước khi bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='coordinationprogram',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'nation'), ('unit__isnull', True)), models.Q(('level__in', ['province', 'district', 'commune']), ('unit__isnull', False)), _connector='OR'), name='programme_nation_has_no_unit', violation_error_message='Chương trình của trung ương không gắn đơn vị; các cấp khác phải có.'),
        ),
        migrations.AddConstraint(
            model_name='coordinationprogram',
            constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='programme_succeeded_by_another', violation_error_message='Chương trình không thể thay thế chính nó.'),
        ),
        migrations.AddConstraint(
            model_name='coordinationprogram',
            constraint=models.UniqueConstraint(fields=('number', 'unit', 'signed_on'), name='programme_once', nulls_distinct=False, violation_error_message='Chương trình này đã có.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coordinationprogram',
            trigger=pgtrigger.compiler.Trigger(name='programme_levels', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.unit_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id AND u.level = NEW.level\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_level_is_units',\n            MESSAGE = 'The level of a programme is the level of its unit';\n    END IF;\n    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM coordination_coordinationprogram p\n        WHERE p.id = NEW.parent_id\n        AND array_position(ARRAY['nation', 'province', 'district', 'commune'], p.level::text)\n          < array_position(ARRAY['nation', 'province', 'district', 'commune'], NEW.level::text)\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_parent_is_above',\n            MESSAGE = 'The parent of a programme is a programme of a higher level';\n    END IF;\n    RETURN NEW;\n", hash='3e4eaf35f777ce75bad831e36283fd8fdcaf1192', operation='INSERT OR UPDATE', pgid='pgtrigger_programme_levels_30156', table='coordination_coordinationprogram', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='programstage',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='stage_in_order', violation_error_message='Giai đoạn không được kết thúc trước khi bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='programstage',
            constraint=models.UniqueConstraint(fields=('programme', 'name'), name='stage_once', violation_error_message='Giai đoạn này đã có.'),
        ),
    ]
