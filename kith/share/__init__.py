"""Who gets what of a sale: rules, promises, release, payouts, statements."""
