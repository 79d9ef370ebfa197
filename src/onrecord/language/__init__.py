"""text -> Annotation: the language layer."""
