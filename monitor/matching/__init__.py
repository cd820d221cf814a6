"""Names against names: a recipient's own names in an alert, and which entity a name means; pure."""
