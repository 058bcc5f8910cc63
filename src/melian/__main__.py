"""`python -m melian` is the command `melian`."""

from melian.cli import main

main()
