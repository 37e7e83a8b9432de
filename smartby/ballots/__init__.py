"""One engine behind every kind of voting: rounds, ballots, votes, and how they are counted."""
