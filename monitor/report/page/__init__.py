"""The report as a page: what stands on it, without any markup."""
