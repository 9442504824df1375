"""The shell: everything of Dengta that touches the world."""

VERSION = "0.1.0"
