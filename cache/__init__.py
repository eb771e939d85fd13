"""Keys, artifacts and stores of the content-addressed code cache."""
