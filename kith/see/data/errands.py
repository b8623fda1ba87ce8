"""What crosses the door of see: things to do for somebody by name."""

ERRANDS = ("welcome", "answer", "thank", "introduce", "hand_over", "call")
STATES = ("open", "taken", "done", "dropped")
