"""`benchlearn load-demo`: an invented programme in which everything can be tried."""

from typing import Any

from config.demo.load import CODE, load_demo
from config.demo.people import PASSWORD, SIGN_INS
from core.commands import BenchlearnCommand


class Command(BenchlearnCommand):
    help = "Make the demonstration programme. A second time changes nothing."

    def answer(self, **options: Any) -> dict[str, Any]:
        """Make it; how many records of each kind it has, and with whom to sign in."""
        return {
            "programme": CODE,
            **load_demo(),
            "password": PASSWORD,
            "sign_ins": {str(sign_in.role): sign_in.email for sign_in in SIGN_INS},
        }

    def tell(self, answer: Any) -> None:
        counts = [f"{n} {kind}" for kind, n in answer.items() if isinstance(n, int)]
        self.stdout.write(f"{answer['programme']}: {', '.join(counts)}")
        for role, email in answer["sign_ins"].items():
            self.stdout.write(f"  {role:14} {email}")
        self.stdout.write(f"  password       {answer['password']}")
