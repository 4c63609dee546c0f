"""Fourteen topics: how did taking part go, from the first decision to what stayed behind?

The topics are those of the 2007 study (Work First); the words are our own.
"""

from surveys.guides.spec import GuideSpec, topic

FOURTEEN = GuideSpec(
    code="fourteen",
    name="Van meedoen tot leren in veertien onderwerpen",
    name_en="From taking part to learning in fourteen topics",
    opening=(
        "Fijn dat dit kan. Ik loop graag met u langs hoe het ging, van de beslissing om mee te "
        "doen tot vandaag. Weet u iets niet meer, dan is dat ook een antwoord. Niemand kan later "
        "zien dat u het zei."
    ),
    opening_en=(
        "Good that we can talk. I would like to walk with you through how it went, from the "
        "decision to take part until today. If you no longer know, that is an answer too. Nobody "
        "will be able to tell that it was you."
    ),
    closing=(
        "We zijn rond. Is er iets wat u kwijt wilt en waar ik niet naar vroeg? En mag ik nog eens "
        "bellen als ik iets niet goed begreep?"
    ),
    closing_en=(
        "We have been all the way round. Is there something you want to say that I did not ask? "
        "And may I call once more if I did not understand something?"
    ),
    beforehand=("size_class", "region", "motive", "decided_by", "involvement", "contacts"),
    topics=(
        topic(
            "function",
            (
                "Wat is uw functie, en wat had u met de benchmark te maken?",
                "What is your function, and what had you to do with the benchmark?",
            ),
            ("sinds wanneer, voorganger, taken", "since when, who came before, tasks"),
        ),
        topic(
            "why_take_part",
            (
                "Hoe kwam het dat uw organisatie meedeed?",
                "How did your organisation come to take part?",
            ),
            (
                "willen leren, willen vergelijken, van hogerhand, omdat anderen meededen",
                "wanting to learn, wanting to compare, from above, because others did",
            ),
            "motive",
        ),
        topic(
            "involvement_by_phase",
            (
                "Bij welke stappen was uw organisatie zelf betrokken?",
                "In which steps did your organisation have a hand?",
            ),
            (
                "afspraken vooraf, organisatie, kencijfers, instrument, duiding, evaluatie",
                "agreements beforehand, organisation, indicators, tool, reading, evaluation",
            ),
            "involved_indicators",
        ),
        topic(
            "who_else",
            (
                "Wie waren er nog meer bij, en wie gaf de doorslag?",
                "Who else was in it, and whose word counted?",
            ),
            (
                "leiding, contactpersoon, uitvoering, bestuur, wie had erbij moeten zijn",
                "management, contact person, delivery, board, who should have been there",
            ),
            "decision",
        ),
        topic(
            "results",
            (
                "Wat kwam er voor u uit, en wat vond u daarvan?",
                "What came out for you, and how did that feel?",
            ),
            (
                "beter of slechter dan gedacht, herkenbaar, trots, teleurgesteld",
                "better or worse than expected, recognisable, proud, disappointed",
            ),
            "feeling_about_results",
        ),
        topic(
            "support_for_results",
            (
                "Stond uw organisatie achter de uitkomsten?",
                "Did your organisation stand behind the outcomes?",
            ),
            (
                "wie wel, wie niet, twijfel aan de vergelijking, wat anderen invulden",
                "who did, who did not, doubt about the comparison, what others entered",
            ),
            "information_quality_mention",
        ),
        topic(
            "usefulness",
            (
                "Kon u met de informatie uit de voeten?",
                "Could you work with the information?",
            ),
            (
                "leesbaar, op tijd, uitleg bij conclusies, wat ontbrak",
                "readable, in time, conclusions explained, what was missing",
            ),
            "information_quality",
        ),
        topic(
            "improvement_goals",
            (
                "Welke doelen stelde u naar aanleiding van de uitkomsten?",
                "Which goals did you set because of the outcomes?",
            ),
            (
                "opgeschreven, wie trekt het, wat is er gebeurd, waarom niet",
                "written down, who takes it on, what happened, why not",
            ),
            "use_of_knowledge",
        ),
        topic(
            "culture_of_learning",
            (
                "Hoe gaat uw organisatie om met wat misgaat?",
                "How does your organisation deal with what goes wrong?",
            ),
            (
                "fouten bespreken, evalueren, tijd om terug te kijken, een voorbeeld",
                "talking about mistakes, evaluating, time to look back, an example",
            ),
            "learning_capacity",
        ),
        topic(
            "critical_staff",
            (
                "Wat gebeurt er als een medewerker kritiek heeft op de manier van werken?",
                "What happens when somebody on the staff is critical of the way of working?",
            ),
            (
                "gewaardeerd, genegeerd, wie hoort het, wat deed u er zelf mee",
                "valued, ignored, who hears it, what you did with it",
            ),
            "learning_capacity",
        ),
        topic(
            "politics",
            (
                "Speelden de uitkomsten een rol in raad of bestuur?",
                "Did the outcomes play a part in council or board?",
            ),
            (
                "wie bracht ze in, waarvoor, verdediging, geld, pers",
                "who brought them in, what for, defence, money, press",
            ),
            "results_used_politically",
        ),
        topic(
            "agenda",
            (
                "Met wie zijn de uitkomsten besproken, of aan wie zijn ze verteld?",
                "With whom were the outcomes discussed, or who was told?",
            ),
            (
                "bestuur, raad, leiding, uitvoering, collega's, plaatselijke pers",
                "board, council, management, delivery, colleagues, local press",
            ),
            "informed_category",
        ),
        topic(
            "activities",
            (
                "Welke bijeenkomsten of bezoeken deed u, en wat bleef ervan hangen?",
                "Which meetings or visits did you go to, and what stayed with you?",
            ),
            (
                "contacten, werkbezoek, ideeën overgenomen, reistijd, wie ging mee",
                "contacts, a working visit, ideas taken over, travel, who came along",
            ),
            "learning_experience",
        ),
        topic(
            "wishes",
            (
                "Wat moet er een volgende keer anders, en wat moet blijven?",
                "What should change next time, and what should stay?",
            ),
            (
                "voor u, voor uw organisatie, voor de begeleiding",
                "for you, for your organisation, for those who lead it",
            ),
        ),
    ),
)
