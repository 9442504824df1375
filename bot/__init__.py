"""The shell: everything of Dengta that touches the world."""
