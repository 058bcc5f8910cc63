"""Local web pages over an archive, or over one pasted report. Start reading in `app.py`."""
