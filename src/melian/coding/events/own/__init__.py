"""Events by an ontology of the user's own: heads that learn from a handful of examples, on the shipped encoder."""
