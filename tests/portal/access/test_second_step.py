"""Password, then a code: nothing opens in between, no code works twice, who guesses waits."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.access import second_step
from portal.accounts import second_factor
from portal.accounts.recovery import RecoveryCode
from tests.factories.user import PASSWORD
from tests.portal.ui.pages import faults_of

pytestmark = pytest.mark.django_db
CODE, OVERVIEW, ON = "accounts:second_step_code", "accounts:second_step", "accounts:second_step_on"


def code_of(device, ahead=0):
    """What the app shows now, or `ahead` steps of 30 s later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = timezone.now().timestamp() + 30 * ahead
    return f"{totp.token():06d}"


def wrong_for(device):
    near = {code_of(device, ahead) for ahead in (-2, -1, 0, 1, 2)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near
    )


@pytest.fixture
def enforced(settings):
    """As in production: those who administer must have a second step."""
    settings.DEMO = False


@pytest.fixture
def protected(cast):
    """(officer, device, recovery codes) of somebody who has turned it on."""
    second_factor.new_device(cast.officer)
    device = TOTPDevice.objects.get(user=cast.officer)
    answer, codes = second_factor.confirm(user=cast.officer, code=code_of(device, -1))
    assert answer.is_right and len(set(codes)) == 10
    device.refresh_from_db()
    return cast.officer, device, codes


def by_password(user, **more):
    client = Client()
    post = {"username": user.username, "password": PASSWORD, **more}
    assert client.post(reverse("accounts:sign_in"), post).status_code == 302
    return client


def test_between_password_and_code_nothing_opens(protected):
    user, device, _ = protected
    client = by_password(user)
    for name in (
        "home",
        "activities:list",
        "accounts:password_change",
        OVERVIEW,
        ON,
        "accounts:second_step_off",
    ):
        for response in (client.get(reverse(name)), client.post(reverse(name))):
            assert response.status_code in (302, 405) and (
                response.status_code == 405 or response.url.startswith(reverse(CODE))
            ), name
    page = client.get(reverse(CODE) + "?next=/so-theo-doi/").content.decode()
    assert faults_of(page) == [] and "Mục chính" not in page
    answer = client.post(reverse(CODE), {"code": code_of(device), "next": "/so-theo-doi/"})
    assert answer.url == "/so-theo-doi/"
    assert client.get("/so-theo-doi/").status_code == 200
    assert client.get(reverse(CODE)).url == reverse("home")


def test_a_code_works_once_and_only_for_its_owner(protected, cast):
    user, device, _ = protected
    token = code_of(device)
    assert second_factor.verify(user=user, code=f" {token[:3]} {token[3:]}").is_right
    assert not second_factor.verify(user=user, code=token).is_right
    assert not second_factor.verify(user=cast.colleague, code=code_of(device, 1)).is_right


def test_who_guesses_waits_twice_as_long_each_time(protected):
    user, device, codes = protected
    client, waits = by_password(user), []
    for _ in range(4):
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(hours=1))
        answer = client.post(reverse(CODE), {"code": wrong_for(device)})
        assert answer.status_code == 422
        waits.append(second_factor.verify(user=user, code=code_of(device)).wait)
    assert waits == [1, 2, 4, 8], "the right code is not even looked at meanwhile"
    page = client.post(reverse(CODE), {"code": codes[0]}).content.decode()
    assert re.search(r"Đợi \d giây", page) and faults_of(page) == []
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(hours=1))
    assert second_factor.verify(user=user, code=code_of(device)).is_right


def test_recovery_codes_work_once_and_only_their_digests_are_kept(protected):
    user, _, codes = protected
    client = by_password(user)
    assert client.post(reverse(CODE), {"code": codes[3].upper()}).url == reverse("home")
    assert second_factor.codes_left(user) == 9
    again = by_password(user)
    assert again.post(reverse(CODE), {"code": codes[3]}).status_code == 422
    kept = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_turning_on_shows_a_picture_ends_other_sessions_and_needs_a_right_code(client, cast):
    elsewhere = by_password(cast.officer)
    client = by_password(cast.officer)
    page = client.get(reverse(ON)).content.decode()
    device = TOTPDevice.objects.get(user=cast.officer)
    assert "<svg" in page and second_factor.key_in_groups(device) in page and faults_of(page) == []
    assert client.get(reverse(ON)).content.decode().count(second_factor.key_in_groups(device)) == 1
    assert client.post(reverse(ON), {"code": wrong_for(device)}).status_code == 422
    assert second_factor.device_of(cast.officer) is None
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    done = client.post(reverse(ON), {"code": code_of(device)})
    text = done.content.decode()
    assert len(re.findall(r"<li><code>", text)) == 10 and "no-store" in done["Cache-Control"]
    assert faults_of(text) == []
    assert client.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).url.startswith(reverse("accounts:sign_in"))
    assert "Còn 10 mã dự phòng" in client.get(reverse(OVERVIEW)).content.decode()
    fresh = client.post(reverse("accounts:recovery_codes"), {"code": code_of(device, 1)}).content.decode()
    assert fresh.count("<li><code>") == 10 and fresh != text
    TOTPDevice.objects.update(last_t=-1)
    assert client.post(reverse("accounts:second_step_off"), {"code": code_of(device)}).status_code == 302
    assert second_factor.device_of(cast.officer) is None and client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("name", ["admin", "province_admin"])
def test_those_who_administer_must_have_it(enforced, cast, name):
    user = getattr(cast, name)
    client = by_password(user)
    for url in (
        reverse("admin:index"),
        reverse("admin:accounts_user_changelist"),
        reverse("bulk_accounts:upload"),
    ):
        assert client.get(url).url.startswith(reverse(OVERVIEW))
    page = client.get(reverse(OVERVIEW)).content.decode()
    assert "phải bật xác thực hai bước" in page and "Bản dùng thử" not in page and faults_of(page) == []
    assert client.get(reverse("accounts:password_change")).status_code == 200
    client.get(reverse(ON))
    device = TOTPDevice.objects.get(user=user)
    client.post(reverse(ON), {"code": code_of(device)})
    assert client.get(reverse("admin:index")).status_code == 200
    later = by_password(user)
    assert later.get(reverse("admin:index")).url.startswith(reverse(CODE))
    assert later.post(reverse(CODE), {"code": code_of(device, 1)}).status_code == 302
    assert later.get(reverse("admin:index")).status_code == 200


def test_others_may_do_without_and_the_demo_says_why_its_administrator_may(cast, settings):
    settings.DEMO = False
    assert by_password(cast.officer).get(reverse("home")).status_code == 200
    settings.DEMO = True
    client = by_password(cast.admin)
    assert client.get(reverse("admin:index")).status_code == 200
    assert "Bản dùng thử có một mật khẩu chung" in client.get(reverse(OVERVIEW)).content.decode()


def test_the_first_password_is_changed_before_it_is_set_up(enforced, cast):
    cast.admin.must_change_password = True
    cast.admin.save()
    client = by_password(cast.admin)
    assert client.get(reverse("admin:index")).url == reverse("accounts:password_change")
    assert client.get(reverse("accounts:password_change")).status_code == 200


def test_a_lost_phone_is_an_administrators_matter_never_ones_own(protected, cast):
    user, _, codes = protected
    working = by_password(user)
    working.post(reverse(CODE), {"code": codes[0]})
    assert working.get(reverse("home")).status_code == 200
    for by in (cast.leader, user):
        with pytest.raises(PermissionDenied):
            second_factor.reset(user=user, by=by)
    with pytest.raises(PermissionDenied):
        second_factor.reset(user=cast.admin, by=cast.admin)
    client = Client()
    client.force_login(cast.province_admin)
    url = reverse("admin:accounts_user_reset_second_step", args=[user.pk])
    assert "mất điện thoại" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert second_factor.device_of(user) is None and not user.recovery_codes.exists()
    assert working.get(reverse("home")).url.startswith(reverse("accounts:sign_in"))
    outside = reverse("admin:accounts_user_reset_second_step", args=[cast.other_province.pk])
    assert client.post(outside).status_code == 404


def test_the_last_administrator_is_helped_on_the_server(cast):
    second_factor.new_device(cast.admin)
    device = TOTPDevice.objects.get(user=cast.admin)
    second_factor.confirm(user=cast.admin, code=code_of(device))
    call_command("reset_second_step", "ADMIN ")
    assert second_factor.device_of(cast.admin) is None
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("reset_second_step", "khong.ai")


def test_a_stale_mark_in_a_session_opens_nothing(enforced, cast):
    client = Client()
    client.force_login(cast.admin)
    session = client.session
    session[second_step.KEY] = "passed?"
    session.save()
    assert client.get(reverse("admin:index")).url.startswith(reverse(OVERVIEW))
