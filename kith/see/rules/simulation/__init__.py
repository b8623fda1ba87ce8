"""What might come: a community's own graph grown week by week, many times over, under several choices."""
