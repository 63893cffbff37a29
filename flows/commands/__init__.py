"""The commands of `cleancopy`, one module for each thing a person wants to do; `flows.cli` joins them."""
