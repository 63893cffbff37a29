"""Pages: from HTML to the text of an article and what the page says about it."""
