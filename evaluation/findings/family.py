"""Which relations a report looks at unless its plan says otherwise. Light: for any process."""

CONDITIONS = ("support_level", "involved", "learning_capacity", "information_quality")
OUTCOMES = ("social_learning_level", "agenda_learning_level")
"""Every condition with every outcome. Nothing is added after looking, and one correction (Holm)
covers the whole family."""

IMPROVEMENT, RELATIONS = "improvement", "relations"
DIFFERENCES, HELD = "differences", "held"
"""Between groups and between rounds; relations with a third thing held. The default family leaves
these two out: each test more makes a real improvement harder to see. They have their size and
interval all the same, and no p."""
OUTSIDE = "outside"
"""The reference group of organisations that have figures and never took part."""
