"""The Dutch wording of the 22 key figures of Work First; the English one is in indicators.csv."""

MEANINGS = {
    "share_new_inflow": "Aandeel nieuwe aanvragers onder de deelnemers",
    "preventive_outflow": "Aanvragers met recht op deelname die uiteindelijk niet meededen",
    "outflow_to_work": "Uitstroom naar regulier werk of uitzendwerk",
    "outflow_to_education": "Uitstroom naar voltijds onderwijs",
    "remaining_on_benefit": "Doorstroom naar de bijstand, met of zonder ander traject",
    "outflow_to_unemployment_insurance": "Uitstroom naar de werkloosheidsverzekering",
    "effectiveness_prevention": (
        "Preventieve uitstroom, bij organisaties met preventie als hoofddoel"
    ),
    "effectiveness_reintegration": (
        "Uitstroom naar werk, bij organisaties met uitstroom als hoofddoel"
    ),
    "effectiveness_cost_containment": (
        "Overschot op het inkomensdeel ten opzichte van het jaar ervoor, "
        "bij organisaties met kostenbeheersing als hoofddoel"
    ),
    "share_of_total_budget": "Aandeel van het projectbudget in het totale bijstandsbudget",
    "share_work_budget": "Deel van het projectbudget dat uit het werkdeel komt",
    "share_co_financing": "Deel van het projectbudget uit andere bronnen",
    "coverage": "Deelnemers ten opzichte van het hele bestand",
    "size_work_component": "Gewerkte uren in de uren van het project",
    "size_employability": "Uren voor werk zoeken en training in de uren van het project",
    "duration": "Duur van het project, zonder verlenging",
    "aftercare": "Contact met wie vertrok: na uitval, na uitstroom, nazorg",
    "days_to_start": "Tijd van aanvraag of uitnodiging tot de eerste activiteit",
    "pay_model": "Werken met behoud van uitkering, of voor een gewoon loon",
    "main_contractor": "Re-integratiebedrijf, sociale werkvoorziening of sociale dienst",
    "tailoring": "Aandeel maatwerk in het werk- en het toeleidingsdeel",
    "sanctions": "Soort sanctie",
}

COUNTED_AS = {
    "share_new_inflow": "deelnemers die nieuw aanvroegen / alle deelnemers",
    "preventive_outflow": "met recht, maar zonder deelname / allen met recht",
    "outflow_to_work": "naar werk / (deelnemers - nog in het project op de meetdatum)",
    "outflow_to_education": "naar onderwijs / (deelnemers - nog in het project)",
    "remaining_on_benefit": "in de bijstand gebleven / (deelnemers - nog in het project)",
    "outflow_to_unemployment_insurance": "naar de WW / (deelnemers - nog in het project)",
    "effectiveness_prevention": "als 2, binnen die groep",
    "effectiveness_reintegration": "als 3, binnen die groep",
    "effectiveness_cost_containment": "overschot dit jaar / overschot vorig jaar",
    "share_of_total_budget": "projectbudget / totaal budget",
    "share_work_budget": "uit het werkdeel / projectbudget",
    "share_co_financing": "andere bronnen / projectbudget",
    "coverage": "deelnemers / bestand",
    "size_work_component": "gewerkte uren / alle uren",
    "size_employability": "uren werk zoeken en training / alle uren",
    "aftercare": "momenten met contact",
}
UNITS = {
    "percent": "procent",
    "weeks": "weken",
    "points 0-3": "punten 0-3",
    "working days": "werkdagen",
    "category": "categorie",
}
RATIOS = frozenset({"effectiveness_cost_containment"})
"""A percentage of something else than the whole: it may be more than 100."""
