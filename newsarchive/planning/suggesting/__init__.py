"""Tags that an entry may lack: by names in its text, a maintainer's rules, and how similar stories are tagged."""
