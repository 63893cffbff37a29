"""Feeds: what they hold, where they are found, and when they are asked again."""
