"""Reading what each source answers: one file a source, no network in sight."""
