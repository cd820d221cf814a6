"""The BIS site: its pages, its press releases and the documents that they announce."""
