"""What readers see: how editions are made of what the desk has, and how documents answer questions."""
