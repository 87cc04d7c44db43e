"""Opening and making workspaces, and the first start with nothing at hand."""
