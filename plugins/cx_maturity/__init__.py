"""
Score customer-experience maturity questionnaires and publish the reports.

Reads from left to right: :mod:`load` → :mod:`validate` → :mod:`score` →
:mod:`benchmark` → :mod:`report` → pages.
"""

__version__ = "0.1.0"
