"""Measures against gold files, with intervals; floors that only rise."""
