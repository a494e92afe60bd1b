"""Where a number comes from, kind by kind; ``explain`` puts it together."""
