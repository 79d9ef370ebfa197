"""records -> rows that outlive the program, and back."""
