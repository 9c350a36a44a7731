"""Pure planning and reporting over entries: what a write would change, what a reader wants counted."""
