"""The store: records in complete parts, and what could not be used beside them."""
