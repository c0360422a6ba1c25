"""The headings under which a command's words are listed, in their order."""

THIS_MONTH = "This month"
CASES = "Cases"
DATES = "Dates"
PANEL_ITSELF = "The panel itself"
HEADINGS = (THIS_MONTH, CASES, DATES, PANEL_ITSELF)
