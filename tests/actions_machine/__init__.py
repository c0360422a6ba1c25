"""An action between people: what its rules come to, said once more and apart from the code."""
