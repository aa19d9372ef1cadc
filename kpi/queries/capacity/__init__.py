"""What managers carry, who carries too much, and how many managers will be missing."""
