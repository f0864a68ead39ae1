"""Ways to talk to a person; each draws the interview's questions and hands back its result."""
