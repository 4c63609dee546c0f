"""The demonstration sign-ins, one for each role: `make demo` prints this list."""

from dataclasses import dataclass

from people.enums import Role

PASSWORD = "samen-leren-2026"  # noqa: S105 - meant to be known: it opens invented data only
DOMAIN = "demo.benchlearn.invalid"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody with whom the demonstration can be tried; `to_do` is what waits for them."""

    role: Role
    name: str
    to_do: str

    @property
    def email(self) -> str:
        return f"{self.role}@{DOMAIN}"


SIGN_INS = (
    SignIn(Role.PARTICIPANT, "Noor Verhagen", "actions of one's own, a session to answer to"),
    SignIn(Role.MANAGEMENT, "Bram Dekkers", "an action that was handed over, the follow-up"),
    SignIn(Role.FACILITATOR, "Sanne de Wit", "sessions to prepare and to record"),
    SignIn(Role.COORDINATOR, "Karim Bouzid", "a wave in progress, participation, the programme"),
    SignIn(Role.EVALUATOR, "Marit Jansma", "the variables, tables and learning-effect report"),
    SignIn(Role.ADMINISTRATOR, "Joost Kamer", "accounts and pages of the installation"),
)


def sign_in_of(role: Role) -> SignIn:
    """The sign-in of a role."""
    return next(sign_in for sign_in in SIGN_INS if sign_in.role == role)
