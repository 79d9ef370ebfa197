"""gold file + output -> figures, beside peers and humans."""
