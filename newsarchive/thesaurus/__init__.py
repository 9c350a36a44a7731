"""The thesaurus: concepts, what they are called in each language, and how to recognise them."""
