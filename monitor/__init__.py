"""The watch over the Federal Register, the eCFR and BIS that export-compliance people trust."""

__version__ = "0.1.0"
