"""The site's other pages as records: the list, the benchmarks, the method."""
