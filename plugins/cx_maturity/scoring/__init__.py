"""The steps of a score: plan, one respondent, all respondents, interval."""
