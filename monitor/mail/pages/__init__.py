"""What each kind of alert says to a recipient: pages of blocks, from which the templates make text and HTML."""
