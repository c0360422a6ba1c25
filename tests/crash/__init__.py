"""What is owed, under faults drawn from a seed: nothing lost, nothing doubled but what the rules of the kinds allow."""
