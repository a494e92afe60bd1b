"""
Make ``plugins/cx_maturity/t.json``: the 97.5 % points of Student's t.

For whole degrees of freedom the distribution function is a finite sum
(Abramowitz and Stegun 26.7.3 and 26.7.4); its inverse is found by halving.

    python benchmarks/t_table.py > plugins/cx_maturity/t.json
"""

from __future__ import annotations

import json
import math

INSIDE = 0.95
DEGREES = (*range(1, 201), 250, 300, 400, 500, 750, 1000, 2000, 5000, 10000)


def inside(t: float, df: int) -> float:
    """Return the probability that a t variable with *df* degrees lies between -t and t."""
    theta = math.atan(t / math.sqrt(df))
    cosine, sine = math.cos(theta), math.sin(theta)
    if df == 1:
        return 2 * theta / math.pi
    term = total = cosine if df % 2 else 1.0
    for k in range(3 if df % 2 else 2, df - 1, 2):
        term *= (k - 1) / k * cosine * cosine
        total += term
    return 2 / math.pi * (theta + sine * total) if df % 2 else sine * total


def quantile(df: int) -> float:
    """Return the t with 95 % between -t and t."""
    low, high = 1.0, 13.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle, df) < INSIDE else (low, middle)
    return round(low, 6)


if __name__ == "__main__":
    print(json.dumps([[df, quantile(df)] for df in DEGREES]).replace("], ", "],\n"))
