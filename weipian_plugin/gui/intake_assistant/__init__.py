"""The import assistant: look at files, correct how they are read, import them."""
