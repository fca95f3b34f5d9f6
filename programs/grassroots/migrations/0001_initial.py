

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import portal.units.columns
import programs.activities.columns
import programs.activities.firm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coordination', '0002_national_programmes'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mediation',
            fields=[
                ('id', programs.activities.columns.SequenceIdField(primary_key=True, sequence='activity_id_seq', serialize=False)),
                ('side', models.CharField(choices=[('police', 'Công an'), ('front', 'Mặt trận'), ('member', 'Tổ chức thành viên')], max_length=6, verbose_name='bên ghi')),
                ('title', portal.units.columns.NfcField(max_length=300, verbose_name='nội dung')),
                ('narrative', programs.activities.columns.NfcTextField(blank=True, db_default='', default='', max_length=5000, verbose_name='diễn biến, kết quả')),
                ('logged_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False, verbose_name='sửa lúc')),
                ('revision', models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='lần sửa')),
                ('client_token', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False)),
                ('content_hash', models.CharField(blank=True, db_default='', default='', editable=False, max_length=64)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='xóa lúc')),
                ('deletion_reason', portal.units.columns.NfcField(blank=True, db_default='', default='', editable=False, max_length=500, verbose_name='lý do xóa')),
                ('dispute_kind', models.CharField(choices=[('family', 'Hôn nhân, gia đình'), ('neighbours', 'Mâu thuẫn xóm giềng'), ('land', 'Đất đai, ranh giới'), ('civil', 'Dân sự, vay nợ'), ('labour', 'Lao động'), ('environment', 'Môi trường'), ('other', 'Khác')], max_length=12, verbose_name='loại mâu thuẫn')),
                ('received_on', models.DateField(verbose_name='ngày tiếp nhận')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                ('outcome', models.CharField(choices=[('pending', 'Đang hòa giải'), ('succeeded', 'Hòa giải thành'), ('failed', 'Hòa giải không thành'), ('transferred', 'Chuyển cơ quan khác')], db_default='pending', default='pending', max_length=12, verbose_name='kết quả')),
                ('team', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('police', 'Công an'), ('front', 'Mặt trận'), ('mediators', 'Tổ hòa giải'), ('security_team', 'Tổ bảo vệ an ninh, trật tự'), ('women', 'Hội Phụ nữ'), ('youth', 'Đoàn Thanh niên'), ('farmers', 'Hội Nông dân'), ('veterans', 'Hội Cựu chiến binh'), ('elderly', 'Hội Người cao tuổi'), ('justice', 'Tư pháp'), ('elders', 'Già làng, trưởng thôn, người có uy tín'), ('other', 'Khác')], max_length=14), blank=True, default=list, size=None, verbose_name='thành phần tổ hòa giải')),
                ('case_count', models.IntegerField(db_default=1, default=1, verbose_name='số vụ')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xóa')),
                ('logged_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('programme', models.ForeignKey(blank=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coordination.coordinationprogram', verbose_name='chương trình phối hợp')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'vụ hòa giải',
                'verbose_name_plural': 'vụ hòa giải',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MediationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', programs.activities.columns.SequenceIdField(primary_key=True, sequence='activity_event_id_seq', serialize=False)),
                ('id', models.BigIntegerField()),
                ('side', models.CharField(choices=[('police', 'Công an'), ('front', 'Mặt trận'), ('member', 'Tổ chức thành viên')], max_length=6, verbose_name='bên ghi')),
                ('title', portal.units.columns.NfcField(max_length=300, verbose_name='nội dung')),
                ('narrative', programs.activities.columns.NfcTextField(blank=True, db_default='', default='', max_length=5000, verbose_name='diễn biến, kết quả')),
                ('logged_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False, verbose_name='sửa lúc')),
                ('revision', models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='lần sửa')),
                ('client_token', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False)),
                ('content_hash', models.CharField(blank=True, db_default='', default='', editable=False, max_length=64)),
                ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='xóa lúc')),
                ('deletion_reason', portal.units.columns.NfcField(blank=True, db_default='', default='', editable=False, max_length=500, verbose_name='lý do xóa')),
                ('dispute_kind', models.CharField(choices=[('family', 'Hôn nhân, gia đình'), ('neighbours', 'Mâu thuẫn xóm giềng'), ('land', 'Đất đai, ranh giới'), ('civil', 'Dân sự, vay nợ'), ('labour', 'Lao động'), ('environment', 'Môi trường'), ('other', 'Khác')], max_length=12, verbose_name='loại mâu thuẫn')),
                ('received_on', models.DateField(verbose_name='ngày tiếp nhận')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                ('outcome', models.CharField(choices=[('pending', 'Đang hòa giải'), ('succeeded', 'Hòa giải thành'), ('failed', 'Hòa giải không thành'), ('transferred', 'Chuyển cơ quan khác')], db_default='pending', default='pending', max_length=12, verbose_name='kết quả')),
                ('team', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('police', 'Công an'), ('front', 'Mặt trận'), ('mediators', 'Tổ hòa giải'), ('security_team', 'Tổ bảo vệ an ninh, trật tự'), ('women', 'Hội Phụ nữ'), ('youth', 'Đoàn Thanh niên'), ('farmers', 'Hội Nông dân'), ('veterans', 'Hội Cựu chiến binh'), ('elderly', 'Hội Người cao tuổi'), ('justice', 'Tư pháp'), ('elders', 'Già làng, trưởng thôn, người có uy tín'), ('other', 'Khác')], max_length=14), blank=True, default=list, size=None, verbose_name='thành phần tổ hòa giải')),
                ('case_count', models.IntegerField(db_default=1, default=1, verbose_name='số vụ')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xóa')),
                ('logged_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='log_events', to='grassroots.mediation')),
                ('programme', models.ForeignKey(blank=True, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coordination.coordinationprogram', verbose_name='chương trình phối hợp')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'lịch sử vụ hòa giải',
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='mediation',
            index=models.Index(fields=['unit', 'received_on'], name='mediation_unit_received'),
        ),
        migrations.AddIndex(
            model_name='mediation',
            index=models.Index(condition=models.Q(('concluded_on__isnull', False)), fields=['unit', 'concluded_on'], name='mediation_unit_concluded'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.UniqueConstraint(fields=('logged_by', 'client_token'), name='mediation_token_once'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['police', 'front', 'member'])), name='mediation_side_known'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='mediation_has_title'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True), ('deletion_reason', '')), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False), models.Q(('deletion_reason', ''), _negated=True)), _connector='OR'), name='mediation_deleted_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('received_on__gte', datetime.date(2000, 1, 1))), name='mediation_since_2000', violation_error_message='Ngày tiếp nhận không được trước năm 2000.'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_on__isnull', True), ('concluded_on__gte', models.F('received_on')), _connector='OR'), name='mediation_days_in_order', violation_error_message='Ngày kết thúc không được trước ngày tiếp nhận.'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', True), ('outcome', 'pending')), models.Q(('concluded_on__isnull', False), ('outcome__in', ('succeeded', 'failed', 'transferred'))), _connector='OR'), name='mediation_concluded_iff_final', violation_error_message='Vụ đã có kết quả phải có ngày kết thúc; vụ đang hòa giải thì không.'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('case_count__gte', 1), ('case_count__lte', 10000)), name='mediation_count_bounds', violation_error_message='Số vụ phải từ 1 đến 10.000.'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('dispute_kind__in', ['family', 'neighbours', 'land', 'civil', 'labour', 'environment', 'other'])), name='mediation_dispute_known'),
        ),
        migrations.AddConstraint(
            model_name='mediation',
            constraint=models.CheckConstraint(condition=models.Q(('team__contained_by', ['police', 'front', 'mediators', 'security_team', 'women', 'youth', 'farmers', 'veterans', 'elderly', 'justice', 'elders', 'other'])), name='mediation_team_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grassroots_mediationevent" ("case_count", "client_token", "concluded_on", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "dispute_kind", "id", "logged_at", "logged_by_id", "narrative", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "received_on", "revision", "side", "team", "title", "unit_id", "updated_at") SELECT new_values."case_count", new_values."client_token", new_values."concluded_on", new_values."content_hash", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."dispute_kind", new_values."id", new_values."logged_at", new_values."logged_by_id", new_values."narrative", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."received_on", new_values."revision", new_values."side", new_values."team", new_values."title", new_values."unit_id", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dbce84686357b591f0b2486d883a21d7fa9cfba0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4ee0c', referencing='REFERENCING NEW TABLE AS new_values ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grassroots_mediationevent" ("case_count", "client_token", "concluded_on", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "dispute_kind", "id", "logged_at", "logged_by_id", "narrative", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "received_on", "revision", "side", "team", "title", "unit_id", "updated_at") SELECT new_values."case_count", new_values."client_token", new_values."concluded_on", new_values."content_hash", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."dispute_kind", new_values."id", new_values."logged_at", new_values."logged_by_id", new_values."narrative", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."received_on", new_values."revision", new_values."side", new_values."team", new_values."title", new_values."unit_id", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fad87a3908e84c09c9b4703fd771587042dcabb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_555e9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grassroots_mediationevent" ("case_count", "client_token", "concluded_on", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "dispute_kind", "id", "logged_at", "logged_by_id", "narrative", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "received_on", "revision", "side", "team", "title", "unit_id", "updated_at") SELECT old_values."case_count", old_values."client_token", old_values."concluded_on", old_values."content_hash", old_values."deleted_at", old_values."deleted_by_id", old_values."deletion_reason", old_values."dispute_kind", old_values."id", old_values."logged_at", old_values."logged_by_id", old_values."narrative", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."received_on", old_values."revision", old_values."side", old_values."team", old_values."title", old_values."unit_id", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='76d7bd2b896b890dfcb3bf6e3393c6e14a611d05', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d0b07', referencing='REFERENCING OLD TABLE AS old_values ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='log_guard', sql=programs.activities.firm.FirmTriggerSql(func="\n        IF TG_OP = 'UPDATE' THEN\n            IF NEW.id <> OLD.id THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_keeps_its_id', MESSAGE = 'An activity keeps its id';\n            END IF;\n            NEW.revision := OLD.revision + 1;\n            NEW.updated_at := now();\n        END IF;\n        IF greatest(NEW.received_on, NEW.concluded_on) > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_not_in_future', MESSAGE = 'An activity cannot lie in the future';\n        END IF;\n        IF TG_OP = 'UPDATE' AND (NEW.unit_id <> OLD.unit_id OR NEW.received_on <> OLD.received_on) AND NOT EXISTS (\n            SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id\n            AND (u.valid_from IS NULL OR u.valid_from <= NEW.received_on)\n            AND (u.valid_to IS NULL OR u.valid_to >= NEW.received_on)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_unit_of_that_day', MESSAGE = 'The unit did not exist on that day';\n        END IF;\n        IF NEW.programme_id IS NULL THEN\n            NEW.programme_id := local_programme(NEW.unit_id, NEW.received_on);\n            IF NEW.programme_id IS NULL THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_programme_in_force', MESSAGE = 'No programme was in force on that day';\n            END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='d6a2cc475b2d788436a38d49dc4fb6f1840385a0', operation='INSERT OR UPDATE', pgid='pgtrigger_log_guard_dae32', table='grassroots_mediation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='log_insert', sql=programs.activities.firm.FirmTriggerSql(func="\n        INSERT INTO activities_activityentry (id, kind, unit_id, day, title, search_key, live)\n        SELECT n.id, 'hoa-giai', n.unit_id, n.received_on, n.title, fold_text(n.title),\n            CASE WHEN u.id IS NULL THEN refuse_activity('activity_unit_of_that_day', 'The unit did not exist on that day')\n            ELSE n.deleted_at IS NULL END\n        FROM new_rows n LEFT JOIN units_adminunit u ON u.id = n.unit_id\n            AND (u.valid_from IS NULL OR u.valid_from <= n.received_on)\n            AND (u.valid_to IS NULL OR u.valid_to >= n.received_on);\n    \n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        SELECT unit_id, programme_id, slot, sum(mediations_received), sum(mediations_concluded), sum(mediations_succeeded), sum(mediations_failed), sum(mediations_transferred)\n        FROM (SELECT unit_id, programme_id, slot_of(received_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, coalesce(case_count, 0) AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND received_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(concluded_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, 0 AS mediations_received, coalesce(case_count, 0) AS mediations_concluded, coalesce(CASE WHEN outcome = 'succeeded' THEN case_count END, 0) AS mediations_succeeded, coalesce(CASE WHEN outcome = 'failed' THEN case_count END, 0) AS mediations_failed, coalesce(CASE WHEN outcome = 'transferred' THEN case_count END, 0) AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND concluded_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(mediations_received) <> 0 OR sum(mediations_concluded) <> 0 OR sum(mediations_succeeded) <> 0 OR sum(mediations_failed) <> 0 OR sum(mediations_transferred) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET mediations_received = t.mediations_received + excluded.mediations_received, mediations_concluded = t.mediations_concluded + excluded.mediations_concluded, mediations_succeeded = t.mediations_succeeded + excluded.mediations_succeeded, mediations_failed = t.mediations_failed + excluded.mediations_failed, mediations_transferred = t.mediations_transferred + excluded.mediations_transferred;\n     RETURN NULL;", hash='436178f5004bf569e037443e6623f2010b3e1e8e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_log_insert_c498c', referencing='REFERENCING NEW TABLE AS new_rows ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='log_update', sql=programs.activities.firm.FirmTriggerSql(func="\n        UPDATE activities_activityentry e\n        SET unit_id = n.unit_id, day = n.received_on, title = n.title, search_key = fold_text(n.title),\n            live = n.deleted_at IS NULL\n        FROM new_rows n WHERE n.id = e.id\n        AND (e.unit_id, e.day, e.title, e.live)\n            IS DISTINCT FROM (n.unit_id, n.received_on, n.title, n.deleted_at IS NULL);\n        IF EXISTS (\n            SELECT FROM new_rows n JOIN old_rows o ON o.id = n.id\n            JOIN activities_entryarea ea ON ea.entry_id = n.id\n            JOIN units_residentialarea a ON a.id = ea.area_id\n            WHERE (o.unit_id <> n.unit_id OR o.received_on <> n.received_on)\n            AND (a.unit_id <> n.unit_id OR a.valid_from > n.received_on OR a.valid_to < n.received_on)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_area_of_that_unit', MESSAGE = 'An area belongs to another unit or another time';\n        END IF;\n    \n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        SELECT unit_id, programme_id, slot, sum(mediations_received), sum(mediations_concluded), sum(mediations_succeeded), sum(mediations_failed), sum(mediations_transferred)\n        FROM (SELECT unit_id, programme_id, slot_of(received_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, -coalesce(case_count, 0) AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND received_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(concluded_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, 0 AS mediations_received, -coalesce(case_count, 0) AS mediations_concluded, -coalesce(CASE WHEN outcome = 'succeeded' THEN case_count END, 0) AS mediations_succeeded, -coalesce(CASE WHEN outcome = 'failed' THEN case_count END, 0) AS mediations_failed, -coalesce(CASE WHEN outcome = 'transferred' THEN case_count END, 0) AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND concluded_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(received_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, coalesce(case_count, 0) AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND received_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(concluded_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, 0 AS mediations_received, coalesce(case_count, 0) AS mediations_concluded, coalesce(CASE WHEN outcome = 'succeeded' THEN case_count END, 0) AS mediations_succeeded, coalesce(CASE WHEN outcome = 'failed' THEN case_count END, 0) AS mediations_failed, coalesce(CASE WHEN outcome = 'transferred' THEN case_count END, 0) AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND concluded_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(mediations_received) <> 0 OR sum(mediations_concluded) <> 0 OR sum(mediations_succeeded) <> 0 OR sum(mediations_failed) <> 0 OR sum(mediations_transferred) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET mediations_received = t.mediations_received + excluded.mediations_received, mediations_concluded = t.mediations_concluded + excluded.mediations_concluded, mediations_succeeded = t.mediations_succeeded + excluded.mediations_succeeded, mediations_failed = t.mediations_failed + excluded.mediations_failed, mediations_transferred = t.mediations_transferred + excluded.mediations_transferred;\n     RETURN NULL;", hash='33f83e09751d6a9f2df712862dff780b54638327', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_log_update_889d2', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='log_delete', sql=programs.activities.firm.FirmTriggerSql(func="\n    DELETE FROM activities_entryarea WHERE entry_id IN (SELECT id FROM old_rows);\n    DELETE FROM activities_activityentry WHERE id IN (SELECT id FROM old_rows);\n\n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        SELECT unit_id, programme_id, slot, sum(mediations_received), sum(mediations_concluded), sum(mediations_succeeded), sum(mediations_failed), sum(mediations_transferred)\n        FROM (SELECT unit_id, programme_id, slot_of(received_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, -coalesce(case_count, 0) AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND received_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(concluded_on), 0 AS sessions, 0 AS session_attendances, 0 AS session_tips, 0 AS mediations_received, -coalesce(case_count, 0) AS mediations_concluded, -coalesce(CASE WHEN outcome = 'succeeded' THEN case_count END, 0) AS mediations_succeeded, -coalesce(CASE WHEN outcome = 'failed' THEN case_count END, 0) AS mediations_failed, -coalesce(CASE WHEN outcome = 'transferred' THEN case_count END, 0) AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND concluded_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(mediations_received) <> 0 OR sum(mediations_concluded) <> 0 OR sum(mediations_succeeded) <> 0 OR sum(mediations_failed) <> 0 OR sum(mediations_transferred) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET mediations_received = t.mediations_received + excluded.mediations_received, mediations_concluded = t.mediations_concluded + excluded.mediations_concluded, mediations_succeeded = t.mediations_succeeded + excluded.mediations_succeeded, mediations_failed = t.mediations_failed + excluded.mediations_failed, mediations_transferred = t.mediations_transferred + excluded.mediations_transferred;\n     RETURN NULL;", hash='eb27780baec80348c87f7a299abd1a90e04d95f1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_log_delete_dd8ab', referencing='REFERENCING OLD TABLE AS old_rows ', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediation',
            trigger=pgtrigger.compiler.Trigger(name='log_truncate', sql=programs.activities.firm.FirmTriggerSql(func="\n        DELETE FROM activities_entryarea a USING activities_activityentry e\n        WHERE e.id = a.entry_id AND e.kind = 'hoa-giai';\n        DELETE FROM activities_activityentry WHERE kind = 'hoa-giai';\n        PERFORM FROM activities_tally WHERE mediations_received <> 0 OR mediations_concluded <> 0 OR mediations_succeeded <> 0 OR mediations_failed <> 0 OR mediations_transferred <> 0 ORDER BY unit_id, programme_id, slot FOR UPDATE;\n        UPDATE activities_tally SET mediations_received = 0, mediations_concluded = 0, mediations_succeeded = 0, mediations_failed = 0, mediations_transferred = 0 WHERE mediations_received <> 0 OR mediations_concluded <> 0 OR mediations_succeeded <> 0 OR mediations_failed <> 0 OR mediations_transferred <> 0;\n     RETURN NULL;", hash='87c163f4ac4ebc4ad17964519ffea705b1de883a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_log_truncate_970b6', table='grassroots_mediation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mediationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=programs.activities.firm.FirmTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'Rows of this table are never changed or removed';", hash='d30894b27b6ced3d7b30e87996f20da447d523e0', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_a8909', table='grassroots_mediationevent', when='BEFORE')),
        ),
    ]
