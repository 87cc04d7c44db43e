"""How much of base layers lies in which patches: from vertices to rows of overlay_area and overlay_hit."""
