"""Each public source: what to request, how to read the answer, what is plausible; pure except for `fetch`."""
