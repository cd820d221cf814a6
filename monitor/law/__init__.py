"""Reading legal text: the bytes of a list, a supplement or a rule become values; pure."""
