"""Tests: they mirror the tree and go through public doors."""
