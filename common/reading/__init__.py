"""Reading people's files: what a file is, its rows, its values. Pure: no tables, no request."""
