"""Help inside the program: one page of gestures and keys, and hints at the first steps."""
