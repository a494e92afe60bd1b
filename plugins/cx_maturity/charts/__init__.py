"""The engine of the charts: marks learned from Altair once, and placed for every report."""
