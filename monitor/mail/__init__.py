"""From an alert to an inbox: who gets it, what it says, and how it gets there."""
