"""Scripts for developers; nothing of this is shipped."""
