"""What a part is, written out: sums, chains, formulas, checks."""
