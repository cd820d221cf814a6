"""The words of the program: frozen values without behaviour of their own, and nothing else.

They are msgspec structs, so that every one of them can be kept as JSON and read back with its types checked.
"""
