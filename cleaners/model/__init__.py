"""The trained line model: shapes, runs and cue words in, a score and its reasons out. See docs/model.md."""
