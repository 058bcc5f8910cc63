"""Vocabularies of other data sets: codes of countries, CAMEO roles, mirrored codes, scores and types."""
