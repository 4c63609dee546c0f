"""Addresses of the libraries: sign-in, and Wagtail's pages and documents."""

from tests.access.world import Visit, World, visit_to


@visit_to("account_reset_password_from_key")
def reset_password(world: World) -> Visit:
    return Visit(kwargs={"uidb36": "1", "key": "guessed"})


@visit_to("set_language")
def language(world: World) -> Visit:
    return Visit(data={"language": "en"})


@visit_to("wagtail_serve")
def page(world: World) -> Visit:
    return Visit(args=("",))


@visit_to("wagtailcore_authenticate_with_password")
def page_password(world: World) -> Visit:
    return Visit(kwargs={"page_view_restriction_id": 1, "page_id": 1})


@visit_to("wagtaildocs_authenticate_with_password")
def document_password(world: World) -> Visit:
    return Visit(kwargs={"restriction_id": 1})


@visit_to("wagtaildocs_serve")
def document(world: World) -> Visit:
    return Visit(args=(1, "guessed.pdf"))


@visit_to("mfa_edit_webauthn", "mfa_remove_webauthn")
def key(world: World) -> Visit:
    return Visit(kwargs={"pk": 2_000_000_000})


@visit_to("sign_on_return")
def back(world: World) -> Visit:
    return Visit(kwargs={"organisation": "organisation-here"}, query="?code=guessed&state=guessed")
