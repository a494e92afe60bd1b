"""The report's sections, each from the scorecard to its words and charts."""
