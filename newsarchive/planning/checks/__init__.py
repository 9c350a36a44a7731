"""What may be wrong in an archive: one function a check, and one line for it in `register`."""
