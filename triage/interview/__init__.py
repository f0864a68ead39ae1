"""The interview as a sans-I/O state machine: every front end drives this one."""
