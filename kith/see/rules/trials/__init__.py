"""Back-tests: what see says, tried on the community's own past. A score is given what happened before a cut and nothing else."""
