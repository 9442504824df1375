"""Tests of the frame: settings, logs, command line, sizes, documents."""
