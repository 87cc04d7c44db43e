"""The exchange desk: to the city, to the units, and back."""
