"""Links between reports: copies to one voice, tellings to one event, names to one identity. Begin with `link.py`."""
