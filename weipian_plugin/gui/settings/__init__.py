"""The settings: one page a subject, saved through the workflow with history."""
