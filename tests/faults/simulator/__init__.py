"""A deterministic simulator of a county: laptops, an office and a shared folder that meets every fault in the book."""
