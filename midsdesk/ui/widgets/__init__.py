"""Small controls that the style sheet alone cannot give."""
