"""Readers: from what lies on the machine to documents, one module a format."""
