"""Article to Doc: the spaCy pipeline, shipped or the user's own, and the registered components."""
