"""Looking at what was cleaned, and at cleaning while it goes on."""
