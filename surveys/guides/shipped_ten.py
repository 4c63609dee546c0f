"""Ten topics: does the benchmark help to learn, and does the work get better of it?

The topics are those of the G4 study (Vensters voor Bedrijfsvoering); the words are our own.
"""

from surveys.guides.spec import GuideSpec, topic

TEN = GuideSpec(
    code="ten",
    name="Leren en verbeteren in tien onderwerpen",
    name_en="Learning and improving in ten topics",
    opening=(
        "Dank dat u tijd maakt. Ik wil horen hoe het voor u is, en er bestaan geen foute "
        "antwoorden. Wat u zegt, is later niet tot u te herleiden. Vertelt u eerst eens wat u in "
        "dit werk doet, en wanneer u met de benchmark te maken kreeg."
    ),
    opening_en=(
        "Thank you for making time. I want to hear what it is like for you; there are no wrong "
        "answers. Nothing you say can be traced to you afterwards. To begin with: what do you do "
        "in this work, and when did the benchmark come your way?"
    ),
    closing=(
        "Dit was wat ik wilde vragen. Wat heb ik niet gevraagd en had ik wel moeten vragen? Ik "
        "schrijf op wat ik hoorde, zonder namen, en u hoort wat er met het onderzoek gebeurt."
    ),
    closing_en=(
        "That was what I wanted to ask. What did I not ask, and should I have asked? I write down "
        "what I heard, without names, and you will hear what becomes of the study."
    ),
    beforehand=("size_class", "region", "motive", "decided_by", "involvement", "agreed"),
    topics=(
        topic(
            "involvement_in_learning",
            (
                "Wat maakt dat u meedoet aan de gesprekken over de cijfers, of juist niet?",
                "What makes you join in the talk about the figures, or stay out of it?",
            ),
            (
                "nieuwsgierigheid, wie nodigt uit, wat levert het op, een keer dat het tegenviel",
                "curiosity, who invites, what it brings, a time it let you down",
            ),
            "motivation",
        ),
        topic(
            "room_for_ideas",
            (
                "Stel dat u met een idee van elders terugkomt. Wat gebeurt daarmee?",
                "Suppose you come back with an idea from elsewhere. What happens to it?",
            ),
            (
                "met wie bespreekt u het, uitproberen, wie zegt ja, een voorbeeld",
                "whom you tell, trying it out, who says yes, an example",
            ),
            "room_for_ideas",
        ),
        topic(
            "themes",
            (
                "Gaat het in de bijeenkomsten over wat bij u speelt?",
                "Do the meetings deal with what matters where you work?",
            ),
            (
                "wie kiest het onderwerp, eigen agenda, wat mist u, te breed of te smal",
                "who picks the topic, own agenda, what is missing, too wide or too narrow",
            ),
            "themes_and_topics",
        ),
        topic(
            "knowledge_sharing",
            (
                "Hoe komt wat de een weet bij de ander terecht?",
                "How does what one person knows reach another?",
            ),
            (
                "in de bijeenkomst, daarbuiten, documenten, wie belt u, collega's thuis",
                "in the meeting, outside it, documents, whom you call, colleagues at home",
            ),
            "knowledge_sharing",
        ),
        topic(
            "individual_blockades",
            (
                "Wat houdt mensen zelf tegen om van een ander te leren?",
                "What keeps people themselves from learning from others?",
            ),
            (
                "zich kwetsbaar voelen, gewoonte, vertrouwen, afgerekend worden, kennis",
                "feeling exposed, habit, trust, being called to account, knowledge",
            ),
            "individual",
        ),
        topic(
            "organisational_blockades",
            (
                "En wat zit er in de organisatie in de weg?",
                "And what in the organisation is in the way?",
            ),
            (
                "tijd, wisseling van mensen, regels, leiding, geld, reistijd",
                "time, people who leave, rules, management, money, travel",
            ),
            "organisational",
        ),
        topic(
            "saving",
            (
                "Kost het werk nu minder tijd of geld door wat u vergeleek?",
                "Does the work take less time or money because of what you compared?",
            ),
            (
                "waar, hoeveel ongeveer, waaraan ziet u dat, of kost het juist tijd",
                "where, roughly how much, how you can tell, or does it cost time",
            ),
            "saving",
        ),
        topic(
            "steering",
            (
                "Wie neemt met deze cijfers een besluit, en welk besluit was dat?",
                "Who takes a decision with these figures, and which decision was it?",
            ),
            (
                "leiding, team, raad, op tijd, te grof, een recent voorbeeld",
                "management, team, council, in time, too coarse, a recent example",
            ),
            "steering",
        ),
        topic(
            "way_of_working",
            (
                "Wat doet u of uw team nu anders dan voorheen?",
                "What do you or your team do differently now?",
            ),
            (
                "van wie afgekeken, aangepast, blijvend, wat bleef hetzelfde",
                "seen with whom, adapted, lasting, what stayed the same",
            ),
            "way_of_working",
        ),
        topic(
            "goals",
            (
                "Wat wilde uw organisatie met de benchmark bereiken, en is dat gelukt?",
                "What did your organisation want from the benchmark, and did it get there?",
            ),
            (
                "vooraf afgesproken, bijgesteld, door de benchmark of door iets anders",
                "agreed beforehand, changed on the way, because of it or of something else",
            ),
            "goal_attainment",
        ),
    ),
)
