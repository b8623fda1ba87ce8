"""Pure decisions of see: degrees of warmth, why somebody matters, the survey of a whole network."""
