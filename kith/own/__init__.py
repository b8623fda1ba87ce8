"""What is somebody's own: handed out to them, and taken away with them."""
