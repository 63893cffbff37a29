"""What runs and touches the outside: flows, readers, the store, the command line."""
