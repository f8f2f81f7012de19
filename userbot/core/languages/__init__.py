"""The catalogues: a module for each language but English, whose sentences are the keys. Tests keep them whole."""
