"""Writing, checking, listing and explaining phrases: what `cleancopy phrases` calls."""
