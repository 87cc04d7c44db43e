"""Small painted charts: each takes frozen data, paints itself, and tells which part was clicked."""
