"""A programme with a codebook, three who may code, and a text."""

from surveys.codebooks.spec import VariableSpec
from surveys.domain.coding_work import add_text, code_variable, finish_coding
from surveys.domain.codings import make_codebook
from tests import factories as make

BODY = "Wij leren graag van elkaar.\n\nMaar tijd is er niet altijd, en dat merk je."
LEARN = "Wij leren graag van elkaar."
TIME = "Maar tijd is er niet altijd"
VARIABLES = (
    VariableSpec("motivation", "Motivatie", "Motivation", ("--", "+-", "++"), level="ordinal"),
    VariableSpec("effects", "Effecten", "Effects", ("contacts", "mirror"), several=True),
)


class Scene:
    """Ann and Bob code; Cleo runs the programme; all names are invented."""

    def __init__(self, cycle=None):
        self.cycle = cycle or make.CycleFactory()
        self.programme = self.cycle.programme
        self.organisation = make.ParticipationFactory(cycle=self.cycle).organisation
        self.ann, self.bob = (self.appoint("facilitator") for _each in range(2))
        self.cleo = self.appoint("coordinator")
        self.book = make_codebook(self.programme, variables=VARIABLES)
        self.motivation, self.effects = self.book.variables.all()

    def appoint(self, role):
        return make.AppointmentFactory(programme=self.programme, role=role).user

    def text(self, *coders):
        return add_text(
            self.cycle,
            organisation=self.organisation,
            title="Contactpersoon",
            body=BODY,
            coders=coders or (self.ann, self.bob),
            by=self.cleo,
        )

    def coded(self, text, coder, motivation="++", effects=("contacts",)):
        """Code both variables and be done."""
        task = text.tasks.get(coder=coder)
        passage = "" if motivation in ("missing", "not_discussed") else LEARN
        code_variable(task, self.motivation, values=[motivation], passage=passage)
        code_variable(task, self.effects, values=list(effects), passage=TIME)
        return finish_coding(task)
