"""What every reader stands on: bounded lines, times, safe words, JSON read piece by piece."""
