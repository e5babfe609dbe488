"""What run.py and test.py share: virtual environment, system libraries, display. Standard library only."""
