"""What the start pages read, one module per part; each takes the reader."""
