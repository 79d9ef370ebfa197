"""what the project measures of itself: quality against floors, and speed."""
