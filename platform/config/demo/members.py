"""The people of the demonstration: those who sign in, and their colleagues."""

from django.contrib.auth.hashers import make_password

from benchmarks.models import Appointment
from config.demo.names import invented_names
from config.demo.people import DOMAIN, PASSWORD, SIGN_INS
from config.demo.scene import Scene
from core.records import keep
from people.enums import PROGRAMME_ROLES, Role
from people.models import Membership, MembershipRole, Organisation, User

OWN_PLACE = "demo-kromwoude"
"""Where the participant and the management that one can sign in as work."""

FUNCTIONS = ("Beleidsadviseur schuldhulp", "Teamcoach schuldhulp", "Kwaliteitsmedewerker")
MANAGER = "Manager sociaal domein"
DEPARTMENT = "Sociaal domein"
COLLEAGUES = 2
"""Participants a organisation, besides its management."""


def _join(user: User, organisation: Organisation, role: Role, function: str) -> Membership:
    key = {"user": user, "organisation": organisation}
    membership = keep(Membership, key, function=function, department=DEPARTMENT)
    MembershipRole.objects.get_or_create(membership=membership, role=role)
    return membership


def make_sign_ins(scene: Scene) -> None:
    """Somebody for each role, with the password that is printed; hashed once, as that is slow."""
    password = make_password(PASSWORD)
    for sign_in in SIGN_INS:
        administrates = sign_in.role == Role.ADMINISTRATOR
        scene.users[sign_in.role] = User.objects.create(
            email=sign_in.email,
            password=password,
            name=sign_in.name,
            phone="000 000 00 00",
            is_staff=administrates,
            is_superuser=administrates,
        )
        if sign_in.role in PROGRAMME_ROLES:
            Appointment.objects.create(
                programme=scene.programme, user=scene.users[sign_in.role], role=sign_in.role
            )


def make_members(scene: Scene) -> None:
    """Two participants and a manager in each organisation; they sign in by link only."""
    names = iter(invented_names(scene.dice, len(scene.organisations) * (COLLEAGUES + 1)))

    def person(role: Role, place: str, number: int) -> User:
        own = place == OWN_PLACE and number == 0
        if own:
            return scene.users[role]
        email = f"{role}{number}.{place.removeprefix('demo-')}@{DOMAIN}"
        return User.objects.create_user(email, name=next(names))

    for place, organisation in scene.organisations.items():
        scene.members[place] = [
            _join(
                person(Role.PARTICIPANT, place, number),
                organisation,
                Role.PARTICIPANT,
                FUNCTIONS[(number + len(scene.members)) % len(FUNCTIONS)],
            )
            for number in range(COLLEAGUES)
        ]
        manager = person(Role.MANAGEMENT, place, 0)
        scene.managers[place] = _join(manager, organisation, Role.MANAGEMENT, MANAGER)
