"""The only code that opens an archive's file."""
