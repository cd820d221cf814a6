"""Each public source: what to ask, how to read the answer, what is plausible; pure but for `fetch`."""
