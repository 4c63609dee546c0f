"""The csv files of the 2007 study: exact columns, allowed values, what may stand there once."""

import re

from django.utils.translation import gettext as _

from benchmarks.enums import Better, InvolvementPhase, Motive
from config.studies.study import StudyFile, StudyRows
from config.studies.workfirst_codebook import (
    AUDIENCES,
    EXPERIENCES,
    MENTIONS,
    OCCASIONS,
    RESULTS,
    VARIABLES,
)

VALUES = {spec.code: spec.values for spec in VARIABLES}
MUNICIPALITY = tuple(str(number) for number in range(1, 17))
"""The study numbers its municipalities 1 to 16."""
MISSING = ("missing",)
YES_NO = ("yes", "no", *MISSING)
LEVELS = ("none", "sufficient", "ample", "much")
ANYTHING = re.compile(r".{0,300}")
PUBLISHED_TABLES = {
    "7.4": ("social_learning_level", ""),
    "7.7": ("social_learning_level", "support_level"),
    "7.9": ("social_learning_level", "involved"),
    "7.16": ("agenda_learning_level", ""),
}
"""The derived tables of the study: the variable in its rows and the one in its columns."""
PUBLISHED_COLUMNS = {
    "": ("",),
    "support_level": ("moderate", "sufficient", "much"),
    "involved": ("yes", "no"),
}

PARTICIPATION = StudyFile(
    "participation.csv",
    {
        "municipality": MUNICIPALITY,
        "decided_by": ("manager", "contact", *MISSING),
        "others_consulted": YES_NO,
        "contact_consulted": (*YES_NO, "n/a"),
        "motive": (*[motive.value for motive in Motive if motive.value], *MISSING),
        "in_feasibility_study": YES_NO,
    },
    ("municipality",),
    "tables 6.1, 6.2, text of 6.3",
)
INVOLVEMENT = StudyFile(
    "involvement.csv",
    {
        "municipality": MUNICIPALITY,
        "phase": tuple(InvolvementPhase.values),
        "involved": YES_NO,
    },
    ("municipality", "phase"),
    "tables 6.3, 6.4",
)
RATINGS = StudyFile(
    "ratings.csv",
    {
        "municipality": MUNICIPALITY,
        "learning_capacity": (*VALUES["learning_capacity"], *MISSING),
        "own_results": (*VALUES["own_results"], "unknown", *MISSING),
        "feeling_about_results": (*VALUES["feeling_about_results"], "unknown", *MISSING),
        "information_quality": (*VALUES["information_quality"], *MISSING),
    },
    ("municipality",),
    "tables 6.6, 6.7, 6.9",
)
QUALITY_MENTIONS = StudyFile(
    "information_quality_mentions.csv",
    {"municipality": MUNICIPALITY, "mention": (*MENTIONS, *MISSING)},
    ("municipality", "mention"),
    "table 6.8",
)
EXPERIENCE_ROWS = StudyFile(
    "learning_experiences.csv",
    {"municipality": MUNICIPALITY, "occasion": OCCASIONS, "experience": EXPERIENCES},
    ("municipality", "occasion", "experience"),
    "tables 7.1-7.3",
)
SOCIAL_CATEGORY = StudyFile(
    "social_learning_category.csv",
    {"municipality": MUNICIPALITY, "category": (*VALUES["social_learning_category"], *MISSING)},
    ("municipality",),
    "table 7.5",
)
INFORMED = StudyFile(
    "informed.csv",
    {
        "municipality": MUNICIPALITY,
        "category": tuple(AUDIENCES),
        "audience": tuple(audience for group in AUDIENCES.values() for audience in group),
        "results": RESULTS,
    },
    ("municipality", "audience", "results"),
    "table 7.15",
)
POLITICAL = StudyFile(
    "political_learning.csv",
    {"municipality": MUNICIPALITY, "results": RESULTS},
    ("municipality", "results"),
    "text of 7.3",
)
INDICATORS = StudyFile(
    "indicators.csv",
    {
        "number": re.compile(r"[1-9]\d?"),
        "category": re.compile(r"[a-z_]{1,40}"),
        "code": re.compile(r"[a-z0-9_]{1,60}"),
        "meaning": re.compile(r".{1,200}"),
        "unit": re.compile(r".{1,40}"),
        "numerator_and_denominator": ANYTHING,
        "better": tuple(Better.values),
    },
    ("code",),
    "appendix 1",
)
PUBLISHED = StudyFile(
    "published.csv",
    {
        "table": tuple(PUBLISHED_TABLES),
        "row": LEVELS,
        "column": tuple({value: 1 for values in PUBLISHED_COLUMNS.values() for value in values}),
        "municipality": MUNICIPALITY,
    },
    ("table", "municipality"),
    "the study's own",
)
FILES = (
    PARTICIPATION,
    INVOLVEMENT,
    RATINGS,
    QUALITY_MENTIONS,
    EXPERIENCE_ROWS,
    SOCIAL_CATEGORY,
    INFORMED,
    POLITICAL,
    INDICATORS,
    PUBLISHED,
)


def check_between_files(rows: StudyRows) -> list[str]:
    """Every municipality takes part; an audience stands in its own category; a published table
    has the columns of its variable."""
    known = {row["municipality"] for row in rows[PARTICIPATION.name]}
    errors = [] if known else [_("%s: nobody takes part.") % PARTICIPATION.name]
    for file in FILES:
        for row in rows[file.name]:
            if "municipality" in file.columns and row["municipality"] not in known:
                errors.append(
                    _("%(place)s: municipality %(number)s is unknown: it isn't in %(file)s.")
                    % {
                        "place": row.place,
                        "number": row["municipality"],
                        "file": PARTICIPATION.name,
                    }
                )
    for row in rows[INFORMED.name]:
        if row["audience"] not in AUDIENCES[row["category"]]:
            errors.append(
                _("%(place)s: %(audience)s doesn't belong to %(category)s.")
                % {"place": row.place, "audience": row["audience"], "category": row["category"]}
            )
    for row in rows[PUBLISHED.name]:
        allowed = PUBLISHED_COLUMNS[PUBLISHED_TABLES[row["table"]][1]]
        if row["column"] not in allowed:
            errors.append(
                _("%(place)s: “%(column)s” is no column of table %(table)s.")
                % {"place": row.place, "column": row["column"], "table": row["table"]}
            )
    return errors
