"""One module a format; `registry` names them."""
