"""A passkey as the second factor: set up, asked for, and refused when it is another one."""

import pytest

from tests.factories import PASSWORD
from tests.journeys.site import ONE

pytestmark = pytest.mark.journey
SIGN_IN = "form[action$='/login/'] button[type=submit]"


@pytest.mark.parametrize(("width", "language"), ONE)
def test_a_coordinator_sets_up_a_passkey_and_signs_in_with_it(site, person, language, width):
    code = f"sleutel-{width}"
    address = site.lay(code, language)["coordinator"]
    # A passkey belongs to a host name; an address in numbers has none.
    who = person(width=width, language=language, name="coordinator", host="localhost")
    page = who.sign_in(address).page
    devtools, key = who.holds_a_key()

    # 1. It is set up, and stands in the list.
    who.open("/account/factor/")
    page.click("a[href$='/webauthn/add/']")
    if "/confirm/" in page.url:
        page.fill("[name=password]", PASSWORD)
        who.press_button("main button[type=submit]")
    who.look()
    page.fill("[name=name]", "Mijn laptop")
    who.press_button("#webauthn_button").look()
    held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [each["rpId"] for each in held] == ["localhost"]
    who.open("/account/factor/webauthn/").reads("Mijn laptop")

    # 2. From now on a password alone opens nothing; the key does.
    leave(who)
    give_password(who, address)
    who.look()
    page.goto("/now/")
    assert "/factor/authenticate/" in page.url
    who.press_button("#webauthn_button")
    page.wait_for_url("**/now/")

    # 3. Another key doesn't, and the page says so in words.
    leave(who)
    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    give_password(who, address)
    page.click("#webauthn_button")
    page.wait_for_function("document.querySelector('[role=alert]').textContent.trim() !== ''")
    who.look()
    assert "/factor/authenticate/" in page.url


def leave(who):
    """The session is over."""
    who.page.context.clear_cookies()


def give_password(who, address):
    """Sign in as far as a password goes."""
    who.page.goto("/account/login/")
    who.page.fill("[name=login]", address)
    who.page.fill("[name=password]", PASSWORD)
    who.press_button(SIGN_IN)
