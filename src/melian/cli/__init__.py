"""The `melian` command: one file for each of its verbs."""
