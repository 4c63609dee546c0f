"""What the 2007 study read from its interviews, and the values it used."""

from surveys.domain.codings import VariableSpec

EXPERIENCES = (
    "contacts",
    "financial_reward",
    "found_blind_spots",
    "handholds",
    "inspiration",
    "knowing_where_we_stand",
    "knowledge_of_developments",
    "mirror",
    "national_picture",
    "not_following_a_hype",
    "policy_change",
    "questionnaire_for_dropouts",
    "role_model_or_visited",
    "sparring_and_discussion",
    "study_of_dropouts",
    "took_note",
    "went_own_way",
    "wider_support",
    "working_visit",
)
OCCASIONS = ("general_report", "own_and_general_results_and_congress", "other_effects")
MENTIONS = (
    "trust_in_researchers",
    "recognisable",
    "readable",
    "doubt_about_comparison",
    "doubt_about_entries_of_others",
    "distorted_conclusions",
)
AUDIENCES = {
    "board": ("alderman", "mayor_and_aldermen"),
    "council": ("municipal_council",),
    "official_management": (
        "directors",
        "head_of_department",
        "management_team",
        "municipal_secretary",
    ),
    "delivery": ("case_managers", "project_contractor"),
    "colleagues": ("intranet", "policy_department"),
    "local_press": ("local_newspaper",),
}
RESULTS = ("own_results", "general_results")

VARIABLES = (
    VariableSpec(
        "learning_capacity",
        "Lerend vermogen van de organisatie",
        "Learning capacity of the organisation",
        ("moderately_learning", "sufficiently_learning", "learning"),
        level="ordinal",
    ),
    VariableSpec(
        "own_results",
        "Eigen resultaat in de benchmark",
        "Own results in the benchmark",
        ("poor", "average", "good"),
        level="ordinal",
    ),
    VariableSpec(
        "feeling_about_results",
        "Gevoel over het eigen resultaat",
        "Feeling about the own results",
        ("dissatisfied", "doubt", "satisfied"),
        level="ordinal",
    ),
    VariableSpec(
        "information_quality",
        "Kwaliteit van de informatie",
        "Quality of the information",
        ("insufficient", "sufficient"),
        level="ordinal",
    ),
    VariableSpec(
        "information_quality_mention",
        "Wat over de informatie werd gezegd",
        "What was said about the information",
        MENTIONS,
        several=True,
    ),
    VariableSpec(
        "learning_experience",
        "Leerervaring (sociaal leren)",
        "Learning experience (social learning)",
        EXPERIENCES,
        several=True,
    ),
    VariableSpec(
        "social_learning_category",
        "Belangrijkste soort sociaal leren",
        "Main kind of social learning",
        ("none", "knowledge", "positive_experience", "networking"),
    ),
    VariableSpec(
        "informed_category",
        "Wie van de resultaten hoorde of erover sprak (agendaleren)",
        "Who was informed of the results or discussed them (agenda learning)",
        tuple(AUDIENCES),
        several=True,
    ),
    VariableSpec(
        "results_used_politically",
        "Resultaten gebruikt als hefboom in de raad (politiek leren)",
        "Results used as leverage in the council (political learning)",
        RESULTS,
        several=True,
    ),
)
