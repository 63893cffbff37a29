"""The one place that touches the network: polite to publishers, hard to hurt. See docs/fetching.md."""
