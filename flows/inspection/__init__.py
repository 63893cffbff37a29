"""Looking at what was cleaned."""
