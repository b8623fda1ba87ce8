"""What a night's reading of the whole book finds: one module a finding, each naming its source.

Every rule takes a Reading and is finite for no people, one, two, all silent and a year's gap.
"""
