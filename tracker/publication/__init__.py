"""What readers see: the public shape of each record, how it is rendered, and how documents answer questions."""
