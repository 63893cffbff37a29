"""What the Prefect flows share, and nothing else needs: parameters, states, names, slots, artifacts."""
