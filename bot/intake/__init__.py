"""Brings updates in: decoded from the wire, handed on in batches, acknowledged after the commit."""
