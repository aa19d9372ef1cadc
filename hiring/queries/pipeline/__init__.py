"""Board and list of a vacancy: two views over the same candidacies, filters and cards."""
