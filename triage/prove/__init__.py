"""What the protocol promises, proved with a solver over its rules and the interview's skip logic."""
