"""The phrase language, the library of phrases, and how they are found in a text."""
