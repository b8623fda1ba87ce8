"""Distributed business: what a community sells, how it opens, who ordered, and how the money came and went."""
