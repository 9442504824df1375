"""One module a command of the command line: main(args, settings) -> exit code."""
