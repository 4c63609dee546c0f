"""Taking part: support, involvement in each phase, and how the information is judged."""

from surveys.codebooks.writing import MENTION_RULE, YES_NO, YES_RULE, Pair, variable

PHASES: dict[str, tuple[Pair, Pair]] = {
    "prior_agreements": (
        ("Afspraken vooraf", "Agreements beforehand"),
        (
            "“We hebben vooraf gezegd wat er met de cijfers gebeurt.”",
            "“We said beforehand what happens with the figures.”",
        ),
    ),
    "organisation": (
        ("Organisatie", "Organisation"),
        ("“Onze manager zat in de stuurgroep.”", "“Our manager sat on the steering group.”"),
    ),
    "indicators": (
        ("Kencijfers", "Indicators"),
        ("“Wij hebben meegeschreven aan de definities.”", "“We helped to write the definitions.”"),
    ),
    "web_application": (
        ("Instrument", "Tool"),
        ("“We hebben het invoerscherm uitgeprobeerd.”", "“We tried out the screen for entry.”"),
    ),
    "analysis_and_interpretation": (
        ("Analyse en duiding", "Analysis and interpretation"),
        ("“De conclusies hebben we samen getrokken.”", "“We drew the conclusions together.”"),
    ),
    "evaluation": (
        ("Evaluatie", "Evaluation"),
        (
            "“Na afloop is ons gevraagd wat beter kon.”",
            "“Afterwards they asked what to better.”",
        ),
    ),
}

VARIABLES = (
    variable(
        "decision",
        ("Wie over meedoen besliste", "Who decided to take part"),
        ("moderate", "sufficient", "ample"),
        (
            "Hoe breed de beslissing om mee te doen is genomen.",
            "How widely the decision to take part was taken.",
        ),
        (
            "moderate: iemand alleen; sufficient: een manager met anderen zonder contactpersoon; "
            "ample: met anderen, en de contactpersoon besliste mee of is gehoord.",
            "moderate: one person alone; sufficient: a manager with others, without the contact; "
            "ample: with others, and the contact person decided or was asked.",
        ),
        ("“Mijn chef besliste, maar vroeg ons eerst.”", "“My boss decided, but asked us first.”"),
        ordinal=True,
        dimension="support",
    ),
    variable(
        "motive",
        ("Motief om mee te doen", "Motive for taking part"),
        ("learning", "comparing", "automatism", "other"),
        ("Waarom de organisatie meedoet.", "Why the organisation takes part."),
        (
            "Het motief dat het eerst of met nadruk wordt genoemd; druk en bekenden: automatism.",
            "The motive named first or with stress; pressure and acquaintances are automatism.",
        ),
        ("“We doen altijd mee.” (automatism)", "“We always take part.” (automatism)"),
        dimension="support",
    ),
    *(
        variable(
            f"involved_{code}",
            (f"Betrokken bij: {meaning[0].lower()}", f"Involved in: {meaning[1].lower()}"),
            YES_NO,
            (
                "Of de organisatie in deze fase een hand had in de benchmark.",
                "Whether the organisation had a hand in the benchmark in this phase.",
            ),
            YES_RULE,
            example,
            dimension="involvement",
        )
        for code, (meaning, example) in PHASES.items()
    ),
    variable(
        "information_quality",
        ("Kwaliteit van de informatie", "Quality of the information"),
        ("insufficient", "sufficient"),
        (
            "Het oordeel over wat de benchmark aan informatie gaf.",
            "The judgement of the information that the benchmark gave.",
        ),
        (
            "sufficient als men er zelf mee verder kon, insufficient als men het niet geloofde of "
            "niet begreep.",
            "sufficient if they could go on with it, insufficient if they did not trust or grasp "
            "it.",
        ),
        ("“Het klopte met wat wij zelf zien.”", "“It fitted what we see ourselves.”"),
        ordinal=True,
        dimension="information",
    ),
    variable(
        "information_quality_mention",
        ("Genoemd over de informatie", "Mentioned about the information"),
        (
            "trust_in_researchers",
            "doubt_about_comparison",
            "doubt_about_entries_of_others",
            "distorted_conclusions",
            "recognisable",
            "readable",
        ),
        ("Wat men over de informatie zegt.", "What they say about the information."),
        MENTION_RULE,
        (
            "“Ik vraag me af of iedereen hetzelfde telt.”",
            "“I wonder whether everyone counts the same.”",
        ),
        several=True,
        dimension="information",
    ),
    variable(
        "own_results",
        ("Eigen resultaat in de benchmark", "Own results in the benchmark"),
        ("poor", "average", "good"),
        (
            "Waar men zelf vindt te staan ten opzichte van de anderen.",
            "Where they think they stand among the others.",
        ),
        ("Naar de eigen woorden, niet naar de cijfers.", "By their own words, not by the figures."),
        ("“We zaten er precies tussenin.”", "“We were right in the middle.”"),
        ordinal=True,
        dimension="information",
    ),
    variable(
        "feeling_about_results",
        ("Gevoel over het eigen resultaat", "Feeling about the own results"),
        ("dissatisfied", "doubt", "satisfied"),
        ("Hoe men zich voelde bij het eigen resultaat.", "How they felt about their own results."),
        (
            "doubt als tevreden en ontevreden door elkaar lopen.",
            "doubt if content and discontent are mixed.",
        ),
        ("“We schrokken er wel van.”", "“It did give us a fright.”"),
        ordinal=True,
        dimension="information",
    ),
)
