"""The admin site, walked apart: who gets in, what it shows, in which language, and under which policy."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from portal.accounts.models import User
from tests.portal.ui.english import english_in

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
PAGES = [
    f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    for model in MODELS
    for page in ("changelist", "add")
]
# Everything that holds the work itself: never in the admin, for nobody.
SECRET_APPS = (
    "activities",
    "attachments",
    "awareness",
    "grassroots",
    "jobs",
    "otp_totp",
    "sessions",
    "sheets",
    "tips",
    "axes",
)
# A catalogue that administrators keep beside the log: names and units of what is counted, no figure.
# And the terms of tips, which say of no tip that there is one; every other model of theirs stays out.
CATALOGUES = {"activities.customindicator", "tips.clock", "tips.retention"}


def urls():
    """Every address of the admin site that takes no argument or a number."""
    (site,) = (p for p in get_resolver().url_patterns if getattr(p, "namespace", None) == "admin")
    stack = [(site, "/" + str(site.pattern))]
    while stack:
        resolver, prefix = stack.pop()
        for pattern in resolver.url_patterns:
            if not isinstance(pattern, URLPattern):
                stack.append((pattern, prefix + str(pattern.pattern)))
            else:
                yield re.sub(r"<[^>]+>", "1", prefix + str(pattern.pattern)).replace("^", "").replace("$", "")


URLS = sorted({url for url in urls() if "\\" not in url and "(" not in url})


def test_the_walk_sees_the_admin():
    assert len(URLS) > 20 and "/admin/accounts/user/add/" in URLS


def test_the_work_itself_is_not_in_the_admin():
    shown = {model._meta.app_label for model in MODELS if model._meta.label_lower not in CATALOGUES}
    assert not shown & set(SECRET_APPS)
    assert {"reports.report", "reports.snapshot", "activities.tally"}.isdisjoint(
        m._meta.label_lower for m in MODELS
    )
    assert Group not in admin.site._registry and Permission not in admin.site._registry


@pytest.mark.parametrize("who", ["admin", "superuser", "province_admin"])
def test_nobody_has_a_model_permission_on_the_work(cast, who):
    superuser = User.objects.create_superuser("goc", "Quản Trị Gốc", "x")
    user = superuser if who == "superuser" else getattr(cast, who)
    for model in apps.get_models():
        if model._meta.label_lower in CATALOGUES:
            continue
        if model._meta.app_label in SECRET_APPS or model._meta.label in (
            "reports.Report",
            "reports.Snapshot",
        ):
            for verb in ("view", "add", "change", "delete"):
                assert not user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
    assert user.has_perm("accounts.change_user") and user.has_module_perms("accounts")
    assert not user.has_module_perms("awareness")
    assert user.has_module_perms("tips") == (who != "province_admin"), "terms alone, see CATALOGUES"


@pytest.mark.parametrize("url", URLS)
def test_strangers_and_working_roles_do_not_get_in(url, cast):
    for user in (None, cast.leader, cast.province_leader):
        client = Client()
        if user:
            client.force_login(user)
        for response in (client.get(url), client.post(url)):
            assert response.status_code in (301, 302, 307, 405), (url, user)
            body = response.content.decode()
            assert cast.admin.full_name not in body and "<form" not in body
    assert User.objects.get(pk=cast.officer.pk).is_active


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_vietnamese_and_keep_to_the_policy(client, cast, name):
    client.force_login(cast.admin)
    response = client.get(reverse(name))
    if response.status_code == 403:
        pytest.skip("nobody adds these here")
    assert response.status_code == 200
    check_page(response)


def test_the_other_pages_too(client, cast):
    client.force_login(cast.admin)
    posting = cast.officer.postings.get()
    pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["accounts"]),
        reverse("admin:accounts_user_change", args=[cast.officer.pk]),
        reverse("admin:accounts_user_history", args=[cast.officer.pk]),
        reverse("admin:accounts_user_reset_password", args=[cast.officer.pk]),
        reverse("admin:accounts_user_disable", args=[cast.officer.pk]),
        reverse("admin:accounts_posting_change", args=[posting.pk]),
        reverse("admin:accounts_posting_move", args=[posting.pk]),
        reverse("admin:accounts_posting_end", args=[posting.pk]),
        reverse("admin:accounts_user_changelist") + "?q=khong-co-ai",
        reverse("admin:accounts_user_changelist") + "?postings__role__exact=commune_leader",
    ]
    for url in pages:
        response = client.get(url)
        assert response.status_code == 200, url
        check_page(response)
    check_page(client.post(pages[4]))


def check_page(response):
    response.render() if hasattr(response, "render") else None
    page = response.content.decode()
    assert not english_in(page, frozenset({"admin"})), "the username admin is no English"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)[^>]*>(?!\s*</script>)", page)
    assert not re.search(r"<[^>]+\son(?:click|change|submit|load)=", page)


def test_passwords_and_signing_out_lead_to_the_portals_own_pages(client, cast):
    assert client.get(reverse("admin:index")).url.startswith(reverse("admin:login"))
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("accounts:sign_in") + "?next=/admin/")
    client.force_login(cast.admin)
    assert client.get(reverse("admin:password_change")).url == reverse("accounts:password_change")
    client.post(reverse("admin:logout"), follow=True)
    assert client.get(reverse("accounts:password_change")).status_code == 302


def test_a_one_time_password_opens_no_admin_page(client, cast):
    cast.admin.must_change_password = True
    cast.admin.save()
    client.force_login(cast.admin)
    for url in URLS:
        if url not in (reverse("admin:logout"),):
            response = client.get(url)
            assert response.status_code == 302 and response.url == reverse("accounts:password_change"), url


def test_the_list_of_accounts_asks_few_questions(client, cast, django_assert_max_num_queries):
    client.force_login(cast.admin)
    with django_assert_max_num_queries(14):
        client.get(reverse("admin:accounts_user_changelist"))
