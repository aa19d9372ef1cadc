"""A manager's week: at most seven lines a day, each with its reason, and the calendar beside."""
