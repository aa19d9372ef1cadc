"""Input shapes of the account pages; what they may name is limited to what the person may see."""
