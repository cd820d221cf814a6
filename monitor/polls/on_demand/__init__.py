"""What a command asks for by itself: a list on a day, what a report lacks."""
