"""Whether the monitor itself works: failures, what is overdue, coverage, the weekly account; speaks to the operator."""
