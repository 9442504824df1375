"""Conversations about who does what here: roles, shifts, who stands in for whom, handing over."""
