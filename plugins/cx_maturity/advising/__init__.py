"""What numbers lead to, piece by piece: lifts, fronts, forecasts and conditions."""
