"""The companion tools of the source articles: pure functions over the data in rules/<protocol>/companions."""
