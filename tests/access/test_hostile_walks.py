"""Two people who know every number walk through the whole product, and learn nothing.

One is of another municipality, one coordinates another programme. They open every address of the
matrix with the real ids of *here*, and neither a name, nor an address, nor a word that somebody of
here wrote may stand in any answer. Which pages they may not open at all is the matrix's business.
"""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.access.conftest import undone
from tests.access.table import read_rows
from tests.access.urlconf import addresses, filled

pytestmark = pytest.mark.django_db
ROOMS = ("people", "benchmarks", "surveys", "learningcircles", "evaluation")
SHIPPED = {
    # What everybody has: questionnaires, guides and codebooks that ship with Benchlearn.
    *("surveys.instrument", "surveys.instrumentversion", "surveys.item", "surveys.itemblock"),
    *("surveys.topicguide", "surveys.topic", "surveys.codebook", "surveys.codedvariable"),
    *("surveys.block", "surveys.secondreading"),
}
BY_LINK = ("/s/", "/i/", "/d/", "/interviews/feed/", "/account/link/", "/sessions/feedback/")
"""Pages whose authority is a secret in the address: who knows all numbers doesn't know these."""
PLAIN = {"language", "time_zone", "field"}
"""Words of the source: a language, a zone, the name of a field."""
WORD = re.compile(r"[^\W\d_]{3}")


def said_here(world):
    """Every text of five characters and more that a record of here holds, and whose it is."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.app_label not in ROOMS or label in SHIPPED:
            continue
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in PLAIN
            and not isinstance(field, models.SlugField)
        ]
        for row in model._base_manager.values_list(*texts) if texts else ():
            for text in row:
                if isinstance(text, str) and len(text) >= 5 and WORD.search(text):
                    found[text] = label
    return found


def everything(response):
    """The whole answer as text, headers too."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers + raw.decode("utf-8", errors="replace")


def own_words(trial, column):
    """What this person reads on pages that hold no id: all of that may be said to them."""
    paths = ("/now/", "/account/", "/programmes/", "/privacy/", "/", "/about/", "/interviews/")
    return "".join(everything(trial.client(column).get(path)) for path in paths)


def foreign(trial, column):
    """Texts of here that this person must not meet: not their own, and said nowhere in public."""
    world = trial.world
    me = world.users[column]
    mine = {me.name, me.email, *(str(m.organisation) for m in me.memberships.all())}
    mine |= {str(world.programmes["elsewhere"]), world.cycles["elsewhere"].name}
    mine |= {user.name for name, user in world.users.items() if name.endswith("_elsewhere")}
    mine |= {user.email for name, user in world.users.items() if name.endswith("_elsewhere")}
    home = world.organisations["elsewhere"]
    mine |= {home.name, home.code, world.programmes["elsewhere"].code}
    known = own_words(trial, column)
    return {
        text: of for text, of in said_here(world).items() if text not in mine and text not in known
    }


def by_session(trial, column, path):
    return trial.client(column).get(path)


def by_token(trial, column, path):
    return trial.with_token(column, "GET", path)


def leaks(trial, column, paths, ask=by_session):
    """Where a text of here stands in what this person gets."""
    secrets = foreign(trial, column)
    assert len(secrets) > 60
    found = []
    for path in paths:
        response = ask(trial, column, path)
        if response.status_code in (301, 302, 404, 405):
            continue
        told = told_in(response, secrets)
        # What a visitor reads there too (a public practice, a public report) is no secret.
        public = everything(trial.client("anonymous").get(path)) if told else ""
        found += [(path, text, of) for text, of in told.items() if text not in public]
    return found


def told_in(response, secrets):
    """Those of these texts that stand in an answer: "Person 1" doesn't stand in "Person 12"."""
    body = everything(response)
    met = {text: of for text, of in secrets.items() if text in body}
    return {text: of for text, of in met.items() if re.search(re.escape(text) + r"(?!\d)", body)}


@pytest.fixture(scope="module")
def operations(trial, django_db_blocker):
    """Every operation of the API, with the ids of here, as rows and as csv."""
    with django_db_blocker.unblock():
        rows = [row for row in read_rows() if row.is_of_api and row.method == "GET"]
        visited = [trial.path(row) for row in rows]
    whole = {path + visit.query for path, visit in visited}
    as_csv = {f"{path}{'&' if '?' in path else '?'}format=csv" for path in whole}
    return sorted(whole | as_csv)


@pytest.fixture(scope="module")
def posts(trial, django_db_blocker):
    """Every address of an object of here to which something is posted, and what."""
    with django_db_blocker.unblock():
        rows = [row for row in read_rows() if row.method == "POST" and not row.is_of_api]
        visited = [trial.path(row) for row in rows]
    return [
        (path + visit.query, visit.data)
        for path, visit in visited
        if (visit.kwargs or visit.args) and not path.startswith(BY_LINK)
    ]


@pytest.fixture(scope="module")
def paths(trial, django_db_blocker):
    """Every address of the product, as it is visited here."""
    with django_db_blocker.unblock():
        rows = [row for row in read_rows() if row.method == "GET"]
        visited = [trial.path(row) for row in rows]
    whole = {path + visit.query for path, visit in visited}
    return sorted(path for path in whole if not path.startswith(BY_LINK))


@pytest.mark.parametrize(
    "column", ["participant_elsewhere", "management_elsewhere", "coordinator_elsewhere"]
)
def test_who_knows_every_number_but_is_of_elsewhere_reads_nothing_of_here(trial, paths, column):
    found = leaks(trial, column, paths)
    assert not found, "\n".join(map(str, found))


def test_a_token_of_elsewhere_reads_nothing_of_here(trial, operations):
    found = leaks(trial, "coordinator_elsewhere", operations, ask=by_token)
    assert not found, "\n".join(map(str, found))


def test_a_token_of_a_neighbour_is_told_no_address_of_a_person_here(trial, operations):
    here = [trial.world.users[f"{role}_here"].email for role in ("participant", "management")]
    for path in operations:
        body = everything(by_token(trial, "participant_neighbour", path))
        assert [address for address in here if address in body] == [], path


def test_the_walk_with_a_token_finds_what_is_told(trial, operations):
    """A coordinator of here reads texts of here by the same operations."""
    secrets = foreign(trial, "coordinator_elsewhere")
    assert any(told_in(by_token(trial, "coordinator_here", path), secrets) for path in operations)


def as_it_stands():
    """Every row of every room."""
    return {
        (model._meta.label, row[0]): row
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for row in model._base_manager.values_list("pk", *columns_of(model))
    }


def columns_of(model):
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def test_what_is_posted_to_an_object_of_here_changes_nothing_and_tells_nothing(trial, posts):
    """One after the other and never undone, so that two posts together bring about nothing too."""
    column = "coordinator_elsewhere"
    secrets, before, found = foreign(trial, column), as_it_stands(), []
    with undone():
        for path, data in posts:
            found += told_by_post(trial, column, path, data, secrets)
        after = as_it_stands()
    assert not found, "\n".join(map(str, found))
    assert {key: row for key, row in before.items() if after.get(key) != row} == {}


def told_by_post(trial, column, path, data, secrets):
    """Which of these texts an answer tells that were neither posted nor in the address."""
    response = trial.client(column).post(path, data)
    assert response.status_code < 500, path
    given = "\n".join([path, *map(str, data.values())])
    return [(path, text) for text in told_in(response, secrets) if text not in given]


def test_ids_of_here_in_what_is_posted_at_home_bring_nothing_of_here_there(trial, paths, posts):
    """A coordinator posts in their own programme what a form of here would send, and then looks
    around at home."""
    column, home = "coordinator_elsewhere", "/programmes/programme-elsewhere/"
    secrets, before, found = foreign(trial, column), as_it_stands(), []
    sent = [(path.replace("/programme-here/", "/programme-elsewhere/"), d) for path, d in posts]
    sent = [(path, data) for path, data in sent if path.startswith(home)]
    assert len(sent) > 20
    given = "\n".join(str(value) for path, data in sent for value in [path, *data.values()])
    with undone():
        for path, data in sent:
            # What ships is everybody's, and who gives a role sees the name of the account.
            if not path.endswith(("/ship/", "/appoint/")):
                found += told_by_post(trial, column, path, data, secrets)
        after = as_it_stands()
        for path in {p.replace("/programme-here/", "/programme-elsewhere/") for p in paths}:
            told = told_in(by_session(trial, column, path), secrets) if home in path else ()
            found += [(path, text) for text in told if text not in given]
        changed = [key for key, row in before.items() if after.get(key) != row]
        found += [key for key in changed if is_of_here(trial, *key)]
    assert not found, "\n".join(map(str, found))


def is_of_here(trial, label, key):
    """Does this record belong to the programme here, as far as it says so itself?"""
    row = apps.get_model(label)._base_manager.get(pk=key)
    return getattr(row, "programme_id", None) == trial.world.programmes["here"].pk


def test_a_coordinator_of_elsewhere_reads_nothing_of_here_in_the_cms(trial):
    routes = [a.route for a in addresses() if a.route.startswith("cms/")]
    pages = [filled(route, {"pk": 1, "object_id": 1, "page_id": 1}) for route in routes]
    searches = ["/cms/pages/search/?q=here", "/cms/surveys/instrument/?q=here"]
    found = leaks(trial, "coordinator_elsewhere", [*pages, *searches])
    assert not found, "\n".join(map(str, found))


def test_the_neighbours_contact_data_are_not_told_in_the_same_programme(trial, paths):
    """Outside the circles that they share: there, people see how to reach one another."""
    here = [trial.world.users[f"{role}_here"].email for role in ("participant", "management")]
    for path in [path for path in paths if "/circles/" not in path]:
        body = everything(trial.client("participant_neighbour").get(path))
        assert [address for address in here if address in body] == [], path


def test_the_walk_itself_finds_what_is_told(trial):
    """A coordinator of here reads texts of here: the walk would see them."""
    body = everything(trial.client("coordinator_here").get("/programmes/programme-here/people/"))
    assert [text for text in foreign(trial, "coordinator_elsewhere") if text in body]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE"])
def test_odd_methods_get_nothing(client, method):
    """Not on a public page, not on a page behind the sign-in, not on a link of a survey."""
    for path in ("/privacy/", "/now/", "/s/guessed/"):
        answer = client.generic(method, path)
        assert answer.status_code in (302, 403, 404, 405), path
        assert method not in answer.content.decode(errors="replace")[:200]
