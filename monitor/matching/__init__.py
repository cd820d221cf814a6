"""Names against names: a reader's own names in what an alert says, and which entity a name means; pure."""
