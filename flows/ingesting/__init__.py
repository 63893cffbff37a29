"""Ingesting: from subscriptions to articles that are ready to be cleaned; plain functions."""
