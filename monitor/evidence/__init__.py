"""What the kept bytes say when today's readers read them: documents, deadlines, one entity's history, projections."""
