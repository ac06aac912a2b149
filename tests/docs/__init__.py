"""Documentation that is drawn from the program, and checked against it."""
