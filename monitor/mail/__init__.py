"""From an alert to an inbox: who hears of it, what it says, and how it gets there."""
