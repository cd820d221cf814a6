"""Whether the monitor itself works: failures, overdue sources, coverage, the weekly account; all for the operator."""
