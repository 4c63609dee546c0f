"""The words for variables and values, in the language of the moment.

What a study spells in its files ("sufficient", "own_results") is a code; this is what people read.
A variable that only a codebook knows brings its own meaning in two languages.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

VARIABLES: dict[str, str | Promise] = {
    "decided_by": _("who decided to take part"),
    "others_consulted": _("others consulted"),
    "contact_consulted": _("contact person consulted"),
    "motive": _("motive for taking part"),
    "in_feasibility_study": _("took part in the feasibility study"),
    "support_decision": _("how the decision was taken"),
    "support_level": _("support"),
    "involved": _("involvement in the benchmark"),
    "involved_in_prior_agreements": _("involved in agreements beforehand"),
    "involved_in_organisation": _("involved in the organisation"),
    "involved_in_indicators": _("involved in the indicators"),
    "involved_in_web_application": _("involved in the tool"),
    "involved_in_analysis_and_interpretation": _("involved in analysis and interpretation"),
    "involved_in_evaluation": _("involved in the evaluation"),
    "learning_capacity": _("learning capacity"),
    "information_quality": _("quality of the information"),
    "use_of_knowledge": _("use of knowledge"),
    "own_results": _("own results"),
    "feeling_about_results": _("feeling about the own results"),
    "social_learning_level": _("social learning"),
    "social_learning_experiences": _("number of different learning experiences"),
    "social_learning_category": _("main kind of social learning"),
    "agenda_learning_level": _("agenda learning"),
    "agenda_learning_audiences": _("number of audiences that heard of results"),
    "political_learning": _("political learning"),
    "informed_category": _("who heard of the results"),
    "learning_experience": _("learning experiences"),
    "information_quality_mention": _("what was said about the information"),
    "results_used_politically": _("results used in the council"),
    "follow_up": _("follow-up"),
    "change": _("change of the figures"),
}
VALUES: dict[str, str | Promise] = {
    "yes": _("yes"),
    "no": _("no"),
    "n/a": _("not applicable"),
    "missing": _("missing"),
    "unknown": _("unknown"),
    "manager": _("the manager"),
    "contact": _("the contact person"),
    "none": pgettext_lazy("level", "none"),
    "moderate": pgettext_lazy("level", "moderate"),
    "sufficient": pgettext_lazy("level", "sufficient"),
    "insufficient": pgettext_lazy("level", "insufficient"),
    "ample": pgettext_lazy("level", "ample"),
    "much": pgettext_lazy("level", "much"),
    "learning": pgettext_lazy("capacity", "learning"),
    "sufficiently_learning": _("sufficiently learning"),
    "moderately_learning": _("moderately learning"),
    "comparing": _("comparing"),
    "automatism": _("automatism"),
    "other": _("other"),
    "poor": _("poor"),
    "average": _("average"),
    "good": pgettext_lazy("results", "good"),
    "dissatisfied": _("dissatisfied"),
    "doubt": _("doubt"),
    "satisfied": _("satisfied"),
    "knowledge": _("knowledge"),
    "positive_experience": _("positive experience"),
    "networking": _("networking"),
    "board": _("board"),
    "council": _("council"),
    "official_management": _("official management"),
    "delivery": _("delivery"),
    "colleagues": _("colleagues"),
    "local_press": _("local press"),
    "alderman": _("alderman"),
    "mayor_and_aldermen": _("mayor and aldermen"),
    "municipal_council": _("municipal council"),
    "directors": _("directors"),
    "head_of_department": _("head of department"),
    "management_team": _("management team"),
    "municipal_secretary": _("municipal secretary"),
    "case_managers": _("case managers"),
    "project_contractor": _("project contractor"),
    "intranet": _("intranet"),
    "policy_department": _("policy department"),
    "local_newspaper": _("local newspaper"),
    "own_results": _("own results"),
    "general_results": _("general results"),
    "general_report": _("general report"),
    "own_and_general_results_and_congress": _("own and general results, and congress"),
    "other_effects": _("other effects"),
    "contacts": _("contacts made"),
    "financial_reward": _("financial reward"),
    "found_blind_spots": _("blind spots found"),
    "handholds": _("handholds"),
    "inspiration": _("inspiration"),
    "knowing_where_we_stand": _("knowing where we stand"),
    "knowledge_of_developments": _("knowledge of developments"),
    "mirror": _("a mirror"),
    "national_picture": _("national picture"),
    "not_following_a_hype": _("not following a hype"),
    "policy_change": _("a policy changed"),
    "questionnaire_for_dropouts": _("questionnaire for dropouts"),
    "role_model_or_visited": _("role model, or visited by others"),
    "sparring_and_discussion": _("sparring and discussion"),
    "study_of_dropouts": _("study of dropouts"),
    "took_note": _("took note"),
    "went_own_way": _("went own way"),
    "wider_support": _("wider support"),
    "working_visit": _("working visit"),
    "instrumental": _("led to a decision (instrumental)"),
    "conceptual": _("changed thinking (conceptual)"),
    "strategic": _("used in negotiation (strategic)"),
    "trust_in_researchers": _("trust in the researchers"),
    "recognisable": _("recognisable"),
    "readable": _("readable"),
    "doubt_about_comparison": _("doubt about the comparison"),
    "doubt_about_entries_of_others": _("doubt about what others entered"),
    "distorted_conclusions": _("distorted conclusions"),
    "prior_agreements": _("agreements beforehand"),
    "organisation": _("organisation"),
    "indicators": _("indicators"),
    "web_application": _("tool"),
    "analysis_and_interpretation": _("analysis and interpretation"),
    "evaluation": _("evaluation"),
    "learning_climate": _("learning climate"),
    "learning_practices": _("learning practices"),
    "learning_blockades": _("learning blockades"),
    "improvement": _("improvement"),
    "outcomes": _("outcomes"),
    "risks": _("risks"),
    "++": "++",
    "+-": "+−",
    "--": "−−",
}


OF_VARIABLE: dict[tuple[str, str], str | Promise] = {
    ("motive", "learning"): pgettext_lazy("motive", "learning"),
}
"""Values whose word depends on the variable."""


def value_words(value: str, variable: str = "") -> str:
    """A value as people read it; one that nobody foresaw as it is spelled."""
    words = OF_VARIABLE.get((variable, value)) or VALUES.get(value)
    return str(words or value.replace("_", " "))


def variable_words(name: str, result: Mapping[str, Any]) -> str:
    """A variable as people read it, in the middle of a sentence."""
    if name in VARIABLES:
        return str(VARIABLES[name])
    if name in result.get("constructs", {}):
        labels = result["constructs"][name]
        return str(labels["en" if get_language() == "en" else "nl"])
    spec = result["variables"].get(name, {})
    meaning = spec.get("meaning_en") if get_language() == "en" else spec.get("meaning")
    return meaning or spec.get("meaning") or value_words(name)
