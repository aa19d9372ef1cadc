"""Formulas of the night on plain values and numpy arrays; money is whole units of 1/10,000."""
