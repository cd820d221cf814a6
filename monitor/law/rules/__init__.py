"""Read what a rule does, to whom and from when, out of its own text; each module loads what it needs alone."""
