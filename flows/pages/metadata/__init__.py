"""What a page says about its article: dates, headline, authors, links, each with the place that said it."""
