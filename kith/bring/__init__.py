"""Import of groups that already exist. Enter by `kith.bring.api`."""
