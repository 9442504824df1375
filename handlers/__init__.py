"""Conversations: Telegram in, services called, acts out; no decision and no SQL."""
