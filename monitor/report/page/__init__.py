"""The report as a page: its contents, without any markup."""
