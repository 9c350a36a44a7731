"""What `peers.py` compares: one module a program, each used as its documentation says."""
