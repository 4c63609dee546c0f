"""`make bench`: the survey under load, against a floor measured in the same run."""
