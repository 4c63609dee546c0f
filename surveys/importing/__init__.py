"""Reading what other systems made: files of answers. Pure but for the questionnaire's items."""
