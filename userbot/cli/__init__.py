"""The command line: arguments, exit codes, and views of the store."""
