"""The command line: thin verbs that load their capability only when called."""
