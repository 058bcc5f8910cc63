"""What Melian knows: data files with provenance, and strict loaders."""
