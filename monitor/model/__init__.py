"""The words: frozen values, enumerations, errors; imports nothing of ours."""
