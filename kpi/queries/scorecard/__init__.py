"""A manager's figures for a talk between two: who may read them, the lines, what changed since."""
