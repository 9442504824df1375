"""The sandbox is held to the official description and to what the real server is known to do."""
