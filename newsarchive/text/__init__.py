"""Pure functions on text: folding, words, scripts, languages, what may reach a terminal."""
