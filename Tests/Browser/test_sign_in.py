"""Signing in, the door to everything else."""

import pytest
from playwright.sync_api import expect


def test_the_sign_in_page_is_accessible_at_desk_and_phone_width(new_page, assert_accessible, shoot):
    page = new_page()
    page.goto("/dang-nhap")
    assert_accessible(page)
    shoot(page, "dang-nhap")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("login", ["vt.tuphap", "tp.tuphap", "cv1.tuphap", "ct.ubnd"])
def test_each_role_signs_in(page_as, login, script):
    page = page_as(login, script=script)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_refused_and_the_login_is_kept(new_page):
    page = new_page()
    page.goto("/dang-nhap")
    page.locator("[name=ten-dang-nhap]").fill("vt.tuphap")
    page.locator("[name=mat-khau]").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
    expect(page.locator("[name=ten-dang-nhap]")).to_have_value("vt.tuphap")
    expect(page.locator("[name=mat-khau]")).to_have_value("")
