

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
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
            name='AwarenessSession',
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
                ('held_on', models.DateField(verbose_name='ngày tổ chức')),
                ('held_to', models.DateField(blank=True, help_text='Chỉ khi nhập gộp nhiều buổi trong cùng nửa tháng.', null=True, verbose_name='đến ngày')),
                ('session_count', models.IntegerField(db_default=1, default=1, verbose_name='số buổi')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('crime', 'Phòng, chống tội phạm'), ('drugs', 'Phòng, chống ma túy'), ('traffic', 'Trật tự, an toàn giao thông'), ('fireworks', 'Vũ khí, vật liệu nổ, pháo'), ('fire_safety', 'Phòng cháy, chữa cháy'), ('fraud', 'Lừa đảo, tội phạm trên mạng'), ('national_security', 'Bảo vệ an ninh quốc gia'), ('hiv', 'Phòng, chống HIV/AIDS'), ('movement', 'Phong trào Toàn dân bảo vệ an ninh Tổ quốc'), ('law', 'Phổ biến pháp luật khác'), ('other', 'Nội dung khác')], max_length=20), blank=True, default=list, size=None, verbose_name='chủ đề')),
                ('form', models.CharField(choices=[('gathering', 'Tập trung'), ('discussion', 'Tọa đàm'), ('loudspeaker', 'Truyền thanh'), ('household', 'Đến từng hộ'), ('online', 'Trực tuyến')], max_length=12, verbose_name='hình thức')),
                ('audience', models.CharField(blank=True, choices=[('residents', 'Nhân dân'), ('youth', 'Thanh niên, học sinh'), ('women', 'Phụ nữ'), ('workers', 'Công nhân, người lao động'), ('officials', 'Cán bộ, đảng viên'), ('faithful', 'Người dân tại cơ sở tôn giáo'), ('other', 'Đối tượng khác')], db_default='', default='', max_length=12, verbose_name='đối tượng')),
                ('attendances', models.IntegerField(blank=True, help_text='Để trống nếu không thống kê được.', null=True, verbose_name='lượt người tham dự')),
                ('valuable_tips', models.IntegerField(blank=True, null=True, verbose_name='nguồn tin có giá trị thu được')),
                ('deleted_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xóa')),
                ('logged_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('programme', models.ForeignKey(blank=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coordination.coordinationprogram', verbose_name='chương trình phối hợp')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'buổi tuyên truyền',
                'verbose_name_plural': 'buổi tuyên truyền',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AwarenessSessionEvent',
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
                ('held_on', models.DateField(verbose_name='ngày tổ chức')),
                ('held_to', models.DateField(blank=True, help_text='Chỉ khi nhập gộp nhiều buổi trong cùng nửa tháng.', null=True, verbose_name='đến ngày')),
                ('session_count', models.IntegerField(db_default=1, default=1, verbose_name='số buổi')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('crime', 'Phòng, chống tội phạm'), ('drugs', 'Phòng, chống ma túy'), ('traffic', 'Trật tự, an toàn giao thông'), ('fireworks', 'Vũ khí, vật liệu nổ, pháo'), ('fire_safety', 'Phòng cháy, chữa cháy'), ('fraud', 'Lừa đảo, tội phạm trên mạng'), ('national_security', 'Bảo vệ an ninh quốc gia'), ('hiv', 'Phòng, chống HIV/AIDS'), ('movement', 'Phong trào Toàn dân bảo vệ an ninh Tổ quốc'), ('law', 'Phổ biến pháp luật khác'), ('other', 'Nội dung khác')], max_length=20), blank=True, default=list, size=None, verbose_name='chủ đề')),
                ('form', models.CharField(choices=[('gathering', 'Tập trung'), ('discussion', 'Tọa đàm'), ('loudspeaker', 'Truyền thanh'), ('household', 'Đến từng hộ'), ('online', 'Trực tuyến')], max_length=12, verbose_name='hình thức')),
                ('audience', models.CharField(blank=True, choices=[('residents', 'Nhân dân'), ('youth', 'Thanh niên, học sinh'), ('women', 'Phụ nữ'), ('workers', 'Công nhân, người lao động'), ('officials', 'Cán bộ, đảng viên'), ('faithful', 'Người dân tại cơ sở tôn giáo'), ('other', 'Đối tượng khác')], db_default='', default='', max_length=12, verbose_name='đối tượng')),
                ('attendances', models.IntegerField(blank=True, help_text='Để trống nếu không thống kê được.', null=True, verbose_name='lượt người tham dự')),
                ('valuable_tips', models.IntegerField(blank=True, null=True, verbose_name='nguồn tin có giá trị thu được')),
                ('deleted_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xóa')),
                ('logged_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='log_events', to='awareness.awarenesssession')),
                ('programme', models.ForeignKey(blank=True, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coordination.coordinationprogram', verbose_name='chương trình phối hợp')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.adminunit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'lịch sử buổi tuyên truyền',
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='awarenesssession',
            index=models.Index(fields=['unit', 'held_on'], name='session_unit_day'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.UniqueConstraint(fields=('logged_by', 'client_token'), name='awarenesssession_token_once'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['police', 'front', 'member'])), name='awarenesssession_side_known'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='awarenesssession_has_title'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True), ('deletion_reason', '')), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False), models.Q(('deletion_reason', ''), _negated=True)), _connector='OR'), name='awarenesssession_deleted_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('held_on__gte', datetime.date(2000, 1, 1))), name='session_since_2000', violation_error_message='Ngày tổ chức không được trước năm 2000.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('held_to__isnull', True), ('held_to__gte', models.F('held_on')), _connector='OR'), name='session_days_in_order', violation_error_message='“Đến ngày” không được trước ngày tổ chức.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('held_to__isnull', True), models.Q(('held_on__isnull', False), ('held_to__isnull', False), django.db.models.lookups.Exact(models.Func(models.F('held_on'), function='slot_of', output_field=models.IntegerField()), models.Func(models.F('held_to'), function='slot_of', output_field=models.IntegerField()))), _connector='OR'), name='session_inside_one_slot', violation_error_message='Nhập gộp chỉ trong một nửa tháng: từ ngày 1 đến 14 hoặc từ ngày 15 đến cuối tháng.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('session_count__gte', 1), ('session_count__lte', 1000)), name='session_count_bounds', violation_error_message='Số buổi phải từ 1 đến 1.000.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('attendances__isnull', True), models.Q(('attendances__gte', 0), ('attendances__lte', 10000000)), _connector='OR'), name='session_attendances_bounds', violation_error_message='Lượt người tham dự phải từ 0 đến 10.000.000.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('valuable_tips__isnull', True), models.Q(('valuable_tips__gte', 0), ('valuable_tips__lte', 100000)), _connector='OR'), name='session_tips_bounds', violation_error_message='Số nguồn tin phải từ 0 đến 100.000.'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('topics__contained_by', ['crime', 'drugs', 'traffic', 'fireworks', 'fire_safety', 'fraud', 'national_security', 'hiv', 'movement', 'law', 'other'])), name='session_topics_known'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['gathering', 'discussion', 'loudspeaker', 'household', 'online'])), name='session_form_known'),
        ),
        migrations.AddConstraint(
            model_name='awarenesssession',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['', 'residents', 'youth', 'women', 'workers', 'officials', 'faithful', 'other'])), name='session_audience_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "awareness_awarenesssessionevent" ("attendances", "audience", "client_token", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "form", "held_on", "held_to", "id", "logged_at", "logged_by_id", "narrative", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "session_count", "side", "title", "topics", "unit_id", "updated_at", "valuable_tips") SELECT new_values."attendances", new_values."audience", new_values."client_token", new_values."content_hash", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."form", new_values."held_on", new_values."held_to", new_values."id", new_values."logged_at", new_values."logged_by_id", new_values."narrative", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."revision", new_values."session_count", new_values."side", new_values."title", new_values."topics", new_values."unit_id", new_values."updated_at", new_values."valuable_tips" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ab109d5c0cfc2a7ac35a9731ffc4d6becf853993', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_def99', referencing='REFERENCING NEW TABLE AS new_values ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "awareness_awarenesssessionevent" ("attendances", "audience", "client_token", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "form", "held_on", "held_to", "id", "logged_at", "logged_by_id", "narrative", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "session_count", "side", "title", "topics", "unit_id", "updated_at", "valuable_tips") SELECT new_values."attendances", new_values."audience", new_values."client_token", new_values."content_hash", new_values."deleted_at", new_values."deleted_by_id", new_values."deletion_reason", new_values."form", new_values."held_on", new_values."held_to", new_values."id", new_values."logged_at", new_values."logged_by_id", new_values."narrative", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."revision", new_values."session_count", new_values."side", new_values."title", new_values."topics", new_values."unit_id", new_values."updated_at", new_values."valuable_tips" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d24315fb1bdb95afde48162ef27cc3a3fe3f8122', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_33e5e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "awareness_awarenesssessionevent" ("attendances", "audience", "client_token", "content_hash", "deleted_at", "deleted_by_id", "deletion_reason", "form", "held_on", "held_to", "id", "logged_at", "logged_by_id", "narrative", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "revision", "session_count", "side", "title", "topics", "unit_id", "updated_at", "valuable_tips") SELECT old_values."attendances", old_values."audience", old_values."client_token", old_values."content_hash", old_values."deleted_at", old_values."deleted_by_id", old_values."deletion_reason", old_values."form", old_values."held_on", old_values."held_to", old_values."id", old_values."logged_at", old_values."logged_by_id", old_values."narrative", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."revision", old_values."session_count", old_values."side", old_values."title", old_values."topics", old_values."unit_id", old_values."updated_at", old_values."valuable_tips" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='62623ae634c535347c04fb0cabbd4dc2a9b0b4b8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_06a31', referencing='REFERENCING OLD TABLE AS old_values ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='log_guard', sql=programs.activities.firm.FirmTriggerSql(func="\n        IF TG_OP = 'UPDATE' THEN\n            IF NEW.id <> OLD.id THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_keeps_its_id', MESSAGE = 'An activity keeps its id';\n            END IF;\n            NEW.revision := OLD.revision + 1;\n            NEW.updated_at := now();\n        END IF;\n        IF greatest(NEW.held_on, NEW.held_to) > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_not_in_future', MESSAGE = 'An activity cannot lie in the future';\n        END IF;\n        IF TG_OP = 'UPDATE' AND (NEW.unit_id <> OLD.unit_id OR NEW.held_on <> OLD.held_on) AND NOT EXISTS (\n            SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id\n            AND (u.valid_from IS NULL OR u.valid_from <= NEW.held_on)\n            AND (u.valid_to IS NULL OR u.valid_to >= NEW.held_on)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_unit_of_that_day', MESSAGE = 'The unit did not exist on that day';\n        END IF;\n        IF NEW.programme_id IS NULL THEN\n            NEW.programme_id := local_programme(NEW.unit_id, NEW.held_on);\n            IF NEW.programme_id IS NULL THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_programme_in_force', MESSAGE = 'No programme was in force on that day';\n            END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='622b09d9f03fa8f9a44f9c1f9507179a56009d09', operation='INSERT OR UPDATE', pgid='pgtrigger_log_guard_d8685', table='awareness_awarenesssession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='log_insert', sql=programs.activities.firm.FirmTriggerSql(func="\n        INSERT INTO activities_activityentry (id, kind, unit_id, day, title, search_key, live)\n        SELECT n.id, 'tuyen-truyen', n.unit_id, n.held_on, n.title, fold_text(n.title),\n            CASE WHEN u.id IS NULL THEN refuse_activity('activity_unit_of_that_day', 'The unit did not exist on that day')\n            ELSE n.deleted_at IS NULL END\n        FROM new_rows n LEFT JOIN units_adminunit u ON u.id = n.unit_id\n            AND (u.valid_from IS NULL OR u.valid_from <= n.held_on)\n            AND (u.valid_to IS NULL OR u.valid_to >= n.held_on);\n    \n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, sessions, session_attendances, session_tips)\n        SELECT unit_id, programme_id, slot, sum(sessions), sum(session_attendances), sum(session_tips)\n        FROM (SELECT unit_id, programme_id, slot_of(held_on), coalesce(session_count, 0) AS sessions, coalesce(attendances, 0) AS session_attendances, coalesce(valuable_tips, 0) AS session_tips, 0 AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND held_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(sessions) <> 0 OR sum(session_attendances) <> 0 OR sum(session_tips) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET sessions = t.sessions + excluded.sessions, session_attendances = t.session_attendances + excluded.session_attendances, session_tips = t.session_tips + excluded.session_tips;\n     RETURN NULL;", hash='7263d9d68803bd25f94afe2eaa4bdea83e41375f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_log_insert_5069f', referencing='REFERENCING NEW TABLE AS new_rows ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='log_update', sql=programs.activities.firm.FirmTriggerSql(func="\n        UPDATE activities_activityentry e\n        SET unit_id = n.unit_id, day = n.held_on, title = n.title, search_key = fold_text(n.title),\n            live = n.deleted_at IS NULL\n        FROM new_rows n WHERE n.id = e.id\n        AND (e.unit_id, e.day, e.title, e.live)\n            IS DISTINCT FROM (n.unit_id, n.held_on, n.title, n.deleted_at IS NULL);\n        IF EXISTS (\n            SELECT FROM new_rows n JOIN old_rows o ON o.id = n.id\n            JOIN activities_entryarea ea ON ea.entry_id = n.id\n            JOIN units_residentialarea a ON a.id = ea.area_id\n            WHERE (o.unit_id <> n.unit_id OR o.held_on <> n.held_on)\n            AND (a.unit_id <> n.unit_id OR a.valid_from > n.held_on OR a.valid_to < n.held_on)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_area_of_that_unit', MESSAGE = 'An area belongs to another unit or another time';\n        END IF;\n    \n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, sessions, session_attendances, session_tips)\n        SELECT unit_id, programme_id, slot, sum(sessions), sum(session_attendances), sum(session_tips)\n        FROM (SELECT unit_id, programme_id, slot_of(held_on), -coalesce(session_count, 0) AS sessions, -coalesce(attendances, 0) AS session_attendances, -coalesce(valuable_tips, 0) AS session_tips, 0 AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND held_on IS NOT NULL AND (TRUE) UNION ALL SELECT unit_id, programme_id, slot_of(held_on), coalesce(session_count, 0) AS sessions, coalesce(attendances, 0) AS session_attendances, coalesce(valuable_tips, 0) AS session_tips, 0 AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM new_rows WHERE deleted_at IS NULL AND held_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(sessions) <> 0 OR sum(session_attendances) <> 0 OR sum(session_tips) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET sessions = t.sessions + excluded.sessions, session_attendances = t.session_attendances + excluded.session_attendances, session_tips = t.session_tips + excluded.session_tips;\n     RETURN NULL;", hash='c3ca724a158b863df348b29d6f3a03e0a6c7eb7e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_log_update_f5c29', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='log_delete', sql=programs.activities.firm.FirmTriggerSql(func='\n    DELETE FROM activities_entryarea WHERE entry_id IN (SELECT id FROM old_rows);\n    DELETE FROM activities_activityentry WHERE id IN (SELECT id FROM old_rows);\n\n        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, sessions, session_attendances, session_tips)\n        SELECT unit_id, programme_id, slot, sum(sessions), sum(session_attendances), sum(session_tips)\n        FROM (SELECT unit_id, programme_id, slot_of(held_on), -coalesce(session_count, 0) AS sessions, -coalesce(attendances, 0) AS session_attendances, -coalesce(valuable_tips, 0) AS session_tips, 0 AS mediations_received, 0 AS mediations_concluded, 0 AS mediations_succeeded, 0 AS mediations_failed, 0 AS mediations_transferred FROM old_rows WHERE deleted_at IS NULL AND held_on IS NOT NULL AND (TRUE)) AS d (unit_id, programme_id, slot, sessions, session_attendances, session_tips, mediations_received, mediations_concluded, mediations_succeeded, mediations_failed, mediations_transferred)\n        GROUP BY unit_id, programme_id, slot\n        HAVING sum(sessions) <> 0 OR sum(session_attendances) <> 0 OR sum(session_tips) <> 0\n        ORDER BY unit_id, programme_id, slot\n        ON CONFLICT (unit_id, slot, programme_id)\n        DO UPDATE SET sessions = t.sessions + excluded.sessions, session_attendances = t.session_attendances + excluded.session_attendances, session_tips = t.session_tips + excluded.session_tips;\n     RETURN NULL;', hash='6455052429bbf738dd7c74000071d088edaed242', level='STATEMENT', operation='DELETE', pgid='pgtrigger_log_delete_b9bc8', referencing='REFERENCING OLD TABLE AS old_rows ', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssession',
            trigger=pgtrigger.compiler.Trigger(name='log_truncate', sql=programs.activities.firm.FirmTriggerSql(func="\n        DELETE FROM activities_entryarea a USING activities_activityentry e\n        WHERE e.id = a.entry_id AND e.kind = 'tuyen-truyen';\n        DELETE FROM activities_activityentry WHERE kind = 'tuyen-truyen';\n        PERFORM FROM activities_tally WHERE sessions <> 0 OR session_attendances <> 0 OR session_tips <> 0 ORDER BY unit_id, programme_id, slot FOR UPDATE;\n        UPDATE activities_tally SET sessions = 0, session_attendances = 0, session_tips = 0 WHERE sessions <> 0 OR session_attendances <> 0 OR session_tips <> 0;\n     RETURN NULL;", hash='ab7cc9deaf12c274710a46d4972ec15757508fd9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_log_truncate_d54bf', table='awareness_awarenesssession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='awarenesssessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=programs.activities.firm.FirmTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'Rows of this table are never changed or removed';", hash='a809ff85944b23570e5485b2340a0c4e3ba755eb', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_f567c', table='awareness_awarenesssessionevent', when='BEFORE')),
        ),
    ]
