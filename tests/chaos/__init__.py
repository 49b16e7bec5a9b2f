"""Proof by violence: the real programs on a real database, killed while patients report."""
