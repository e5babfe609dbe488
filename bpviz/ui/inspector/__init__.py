"""What is selected, written out: sums, chains, formulas, checks."""
