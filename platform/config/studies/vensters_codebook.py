"""The twenty variables that the G4 study rated, lowest rating first."""

from surveys.domain.codings import VariableSpec

RATINGS = ("--", "+-", "++")
_VARIABLES = {
    "learning_climate": {
        "motivation": ("Motivatie om te leren", "Motivation to learn"),
        "room_for_ideas": ("Ruimte voor ideeën", "Room for ideas"),
    },
    "learning_practices": {
        "themes_and_topics": ("Thema's en onderwerpen", "Themes and topics"),
        "knowledge_sharing": ("Kennis delen", "Knowledge sharing"),
    },
    "learning_blockades": {
        "individual": (
            "Individuele blokkades (++ is voldoende: weinig last)",
            "Individual blockades (++ is sufficient: little hindrance)",
        ),
        "organisational": (
            "Organisatorische blokkades (++ is voldoende: weinig last)",
            "Organisational blockades (++ is sufficient: little hindrance)",
        ),
    },
    "improvement": {
        "saving": ("Besparing", "Saving"),
        "steering": ("Sturing", "Steering"),
        "way_of_working": ("Werkwijze", "Way of working"),
        "goal_attainment": ("Doelen bereiken", "Goal attainment"),
    },
    "outcomes": {
        "position_relative_to_others": (
            "Positie ten opzichte van anderen bekend",
            "Position relative to others known",
        ),
        "recognising_best_practices": ("Goede praktijken herkend", "Good practices recognised"),
        "readiness_for_change": ("Bereidheid tot veranderen", "Readiness for change"),
        "implementing_best_practices": (
            "Goede praktijken uitgevoerd",
            "Good practices carried out",
        ),
        "efficiency_improvement": ("Doelmatiger werken", "Efficiency improved"),
    },
    "risks": {
        "superficial_comparison": (
            "Risico: oppervlakkig vergelijken (++ is hoog)",
            "Risk: superficial comparison (++ is high)",
        ),
        "complacency": (
            "Risico: zelfgenoegzaamheid (++ is hoog)",
            "Risk: complacency (++ is high)",
        ),
        "learning_versus_improving": (
            "Risico: leren verward met verbeteren (++ is hoog)",
            "Risk: learning confused with improving (++ is high)",
        ),
        "accountability_pressure": (
            "Risico: druk om te verantwoorden (++ is hoog)",
            "Risk: pressure to account (++ is high)",
        ),
        "reckoning_culture": (
            "Risico: afrekencultuur (++ is hoog)",
            "Risk: reckoning culture (++ is high)",
        ),
    },
}
DIMENSIONS = tuple(_VARIABLES)
VARIABLES = tuple(
    VariableSpec(
        code=code,
        meaning=dutch,
        meaning_en=english,
        values=RATINGS,
        level="ordinal",
        dimension=dimension,
    )
    for dimension, variables in _VARIABLES.items()
    for code, (dutch, english) in variables.items()
)
