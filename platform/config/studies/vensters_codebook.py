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
            "Individuele blokkades",
            "Individual blockades",
        ),
        "organisational": (
            "Organisatorische blokkades",
            "Organisational blockades",
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
            "Risico: oppervlakkig vergelijken",
            "Risk: superficial comparison",
        ),
        "complacency": (
            "Risico: zelfgenoegzaamheid",
            "Risk: complacency",
        ),
        "learning_versus_improving": (
            "Risico: leren verward met verbeteren",
            "Risk: learning confused with improving",
        ),
        "accountability_pressure": (
            "Risico: druk om te verantwoorden",
            "Risk: pressure to account",
        ),
        "reckoning_culture": (
            "Risico: afrekencultuur",
            "Risk: reckoning culture",
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
