"""One report in, one reading out: the stages in order."""
