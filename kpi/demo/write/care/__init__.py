"""Who may own what, who is on trial, what is handed over and who stands in for whom."""
